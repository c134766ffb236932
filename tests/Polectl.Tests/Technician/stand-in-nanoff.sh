#!/bin/sh
# Stands in for nanoff 2.5.162 in tests. Its options are those of nanoframework/nanoFirmwareFlasher, tag v2.5.162, nanoFirmwareFlasher.Tool/Options.cs; any other is refused
# as the real one does (E9000). What it is told about goes to PORT.chip, a folder that stands for the chip; PORT.chip.trouble says what goes wrong.
flags=' listdfu dfu listjtag jtag installjtagdrivers nativedfu listnativedfu nativeswd listnativeswd nativestlink listnativestlink checkpsram nobackupconfig installxdsdrivers listjlink nanodevice update deploy preview masserase verify reset nofitcheck listtargets listports clearcache listdevices devicedetails identifyfirmware updatearchive fromarchive suppressnanoffversioncheck uf2deploy '
valued=' dfuid jtagid hexfile binfile serialport baud flashmode flashfreq partitiontablesize jlinkid setvcpbr clrfile target platform verbosity backuppath backupfile fwversion image address filedeployment networkdeployment archivepath '
fail() { # The system keeps a byte of an exit code.
  echo "Error E$1: stand-in"; exit $(($1 % 256))
}
if [ "$1" = --version ]; then echo 'nanoff 2.5.162+0123abc'; exit 0; fi
while [ $# -gt 0 ]; do
  name=${1#--}
  case "$flags" in *" $name "*) eval "opt_$name=1"; shift; continue ;; esac
  case "$valued" in *" $name "*) [ $# -ge 2 ] || fail 9000; eval "opt_$name=\$2"; shift 2; continue ;; esac
  fail 9000
done
[ -n "$opt_suppressnanoffversioncheck" ] || echo 'Cannot check the version'
[ -n "$opt_serialport" ] || fail 6001
chip=$opt_serialport.chip
[ -e "$opt_serialport" ] || fail 6000
[ -n "$opt_deploy" ] && [ -z "$opt_image" ] && fail 9000
[ -n "$opt_fromarchive" ] && [ -z "$opt_archivepath" ] && fail 9000
[ -n "$opt_nanodevice" ] && [ -n "$opt_target$opt_platform" ] && fail 9000
for operation in devicedetails update filedeployment deploy; do eval "[ -n \"\$opt_$operation\" ] && echo operation=$operation >> '$chip.log'"; done
echo "telemetry=$NANOFRAMEWORK_TELEMETRY_OPTOUT" >> "$chip.log"
trouble=$(cat "$chip.trouble" 2>/dev/null)
case "$trouble" in
  exit:*) [ -n "$opt_update" ] && fail "${trouble#exit:}" ;;
  bare:*) [ -n "$opt_update" ] && exit "${trouble#bare:}" ;;
  hang) [ -n "$opt_update" ] && exec sleep 600 ;;
  kill) [ -n "$opt_update" ] && kill -9 $$ ;;
  slow) sleep 3 ;;
  garbage) head -c 3000 /dev/urandom; exit 0 ;;
  vanish:*) [ -n "$opt_update" ] && { rm -f "${trouble#vanish:}"; fail 4000; } ;;
esac
if [ -n "$opt_devicedetails" ]; then
  printf '\nConnected to:\nESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))\nFeatures WiFi, BLE\nFlash size 8MB\nPSRAM: 2MB\nCrystal 40MHz\nMAC %s\n\n' "$(cat "$chip.mac")"
fi
[ "$trouble" = nothing ] && exit 0
if [ -n "$opt_update" ]; then rm -f "$chip"/*; fi
if [ -n "$opt_filedeployment" ]; then
  # Paths are relative to the folder in which it runs; an empty source deletes.
  [ "$trouble" = file ] && { echo 'Deploying file identity to I:\identity...'; echo 'Error deploying content file identity to I:\identity'; exit 0; }
  sed -n 's/.*"DestinationFilePath": "I:\\\\\([^"]*\)".*/\1/p' "$opt_filedeployment" > "$chip.names"
  sed -n 's/.*"SourceFilePath": "\([^"]*\)".*/\1/p' "$opt_filedeployment" > "$chip.sources"
  paste "$chip.names" "$chip.sources" | while IFS="$(printf '\t')" read -r destination source; do
    if [ -z "$source" ]; then rm -f "$chip/$destination"; else cp "$source" "$chip/$destination" || echo "Error deploying content file $source"; fi
  done
fi
if [ -n "$opt_deploy" ]; then cp "$opt_image" "$chip/application"; [ -e "$chip/identity" ] && touch "$chip/started"; fi
exit 0
