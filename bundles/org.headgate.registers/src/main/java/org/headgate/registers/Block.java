package org.headgate.registers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.Readings;

/** Bytes that are read in one transaction, and the values in them. */
final class Block {
    /** A value in a block: the channel's index in the request, what it is, and where it begins. */
    private record Place(int index, Field field, int at) {}

    private final Register from;
    private final List<Place> places = new ArrayList<>();
    private byte[] bytes;

    Block(Register from, int size) {
        this.from = from;
        this.bytes = new byte[size];
    }

    /** Takes in a value that lies in this block or continues it, if the block does not become too long; says whether it did. */
    boolean take(Register register, Field field, int index, boolean neighbours, int most) {
        boolean same = register.equals(from);
        boolean grows = neighbours && from.kind() == Register.Kind.NUMBERED;
        boolean follows = grows
                && register.kind() == Register.Kind.NUMBERED
                && register.bits() == from.bits()
                && register.number() >= from.number()
                && register.number() <= from.number() + bytes.length;
        int at = (int) (register.number() - from.number());
        int end = at + field.size();
        boolean fits = grows ? end <= Math.max(bytes.length, most) : end == bytes.length;
        if (!same && !follows || !fits) {
            return false;
        }
        if (end > bytes.length) {
            bytes = new byte[end];
        }
        places.add(new Place(index, field, at));
        return true;
    }

    void read(RegisterAccess access, Readings into) throws IOException {
        access.read(from, bytes, bytes.length);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            place.field.read(bytes, place.at, place.index, into);
        }
    }
}
