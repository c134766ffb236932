// Which places are joined: sets that grow together, and the places of one sheet.
namespace BoardFiles.Schematics;

/// <summary>Sets of numbers that are joined one by one.</summary>
internal sealed class Joints
{
    private readonly List<int> _parent = [];

    public int Add()
    {
        _parent.Add(_parent.Count);
        return _parent.Count - 1;
    }

    public int Root(int joint)
    {
        while (_parent[joint] != joint)
        {
            _parent[joint] = _parent[_parent[joint]];
            joint = _parent[joint];
        }

        return joint;
    }

    public void Join(int first, int second) => _parent[Root(second)] = Root(first);
}

/// <summary>The places of one sheet, joined by its wires and junctions.</summary>
internal sealed class SheetJoints
{
    private readonly Dictionary<Place, int> _places = [];
    private readonly SheetFile _sheet;
    private readonly Joints _joints;

    public SheetJoints(SheetFile sheet, Joints joints)
    {
        _sheet = sheet;
        _joints = joints;
        foreach (Wire wire in sheet.Wires)
        {
            joints.Join(At(wire.From, isOnWires: false), At(wire.To, isOnWires: false));
        }

        foreach (Place junction in sheet.Junctions)
        {
            At(junction, isOnWires: true);
        }
    }

    /// <summary>The joint at a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="isOnWires">Whether it joins wires that pass without ending there.</param>
    public int At(Place place, bool isOnWires)
    {
        if (!_places.TryGetValue(place, out int joint))
        {
            _places[place] = joint = _joints.Add();
        }

        if (isOnWires)
        {
            foreach (Wire wire in _sheet.Wires.Where(wire => wire.Passes(place)))
            {
                _joints.Join(At(wire.From, isOnWires: false), joint);
            }
        }

        return joint;
    }
}
