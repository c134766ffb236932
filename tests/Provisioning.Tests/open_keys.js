// Opens a controller's keys from the rows of a workspace and a passphrase, with Node's own cryptography: a judge of what is written down about the vault.
const crypto = require('node:crypto');
const [passphrase, workspace, way, salt, iterations, sealedDataKey, devEui, generation, sealedKeys] = process.argv.slice(2);

function open(key, sealed, purpose) {
  const bytes = Buffer.from(sealed, 'hex');
  const decipher = crypto.createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  decipher.setAAD(Buffer.from(purpose));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}

const derived = crypto.pbkdf2Sync(passphrase, Buffer.from(salt, 'hex'), Number(iterations), 32, 'sha512');
const dataKey = open(derived, sealedDataKey, `polectl data key|${workspace}|${way}`);
const sealing = Buffer.from(crypto.hkdfSync('sha256', dataKey, Buffer.alloc(0), 'polectl sealing 1', 32));
console.log(open(sealing, sealedKeys, `polectl device keys|${workspace}|${devEui}|${generation}`).toString('hex'));
