package org.headgate.payload.senml;

import org.headgate.codec.CborWriter;

/**
 * A pack in CBOR (RFC 8428, 6): an array of maps, whose keys are the numbers of table 4, in the order that makes it deterministic (RFC 8949,
 * 4.2.1): by their bytes, so that the base fields, which have negative numbers, come last.
 */
final class CborPack implements PackWriter {
    private static final int NAME = 0;
    private static final int UNIT = 1;
    private static final int VALUE = 2;
    private static final int STRING_VALUE = 3;
    private static final int BOOLEAN_VALUE = 4;
    private static final int TIME = 6;
    private static final int DATA_VALUE = 8;
    private static final int BASE_NAME = -2;
    private static final int BASE_TIME = -3;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private final CborWriter cbor = new CborWriter();
    private Head head;

    @Override
    public void begin(int records) {
        cbor.beginArray(records);
    }

    @Override
    public void head(Head next) {
        head = next;
        cbor.beginMap(head.fields() + 1);
        cbor.value(NAME).value(head.name());
        if (!head.unit().isEmpty()) {
            cbor.value(UNIT).value(head.unit());
        }
    }

    @Override
    public void value(long value) {
        cbor.value(VALUE).value(value);
        time();
        base();
    }

    @Override
    public void value(double value) {
        cbor.value(VALUE).value(value);
        time();
        base();
    }

    @Override
    public void value(boolean value) {
        cbor.value(BOOLEAN_VALUE).value(value);
        time();
        base();
    }

    @Override
    public void value(String value) {
        cbor.value(STRING_VALUE).value(value);
        time();
        base();
    }

    @Override
    public void value(byte[] value) {
        time();
        cbor.value(DATA_VALUE).value(value);
        base();
    }

    private void time() {
        if (head.time() != 0) {
            cbor.value(TIME);
            seconds(head.time());
        }
    }

    private void base() {
        if (!head.base().isEmpty()) {
            cbor.value(BASE_NAME).value(head.base());
        }
        if (head.rebased()) {
            cbor.value(BASE_TIME);
            seconds(head.baseTime());
        }
    }

    /** The same number as a reader of the JSON form gets: both operands are exact, so that the division rounds as a parser does. */
    private void seconds(long time) {
        long unit = POWERS[head.places()];
        if (time % unit == 0) {
            cbor.value(time / unit);
        } else {
            cbor.value((double) time / unit);
        }
    }

    @Override
    public byte[] toBytes() {
        return cbor.toBytes();
    }
}
