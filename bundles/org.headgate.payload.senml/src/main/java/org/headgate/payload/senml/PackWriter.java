package org.headgate.payload.senml;

/** Writes a pack in one of the representations of SenML: {@link #begin}, then {@link #head} and a value for each record. */
interface PackWriter {
    /** The pack has so many records. */
    void begin(int records);

    /** A record begins; its value comes next. */
    void head(Head head);

    /** The record's value, an integer. */
    void value(long value);

    /** The record's value, finite. */
    void value(double value);

    /** The record's value, true or false. */
    void value(boolean value);

    /** The record's value, a text. */
    void value(String value);

    /** The record's value, bytes. */
    void value(byte[] value);

    /** The pack, once all records are written. */
    byte[] toBytes();

    /**
     * What a record has beside its value. Times are numbers of {@code 10^-places} seconds.
     *
     * @param base the base name from here on; empty when it stays
     * @param rebased whether there is another base time from here on
     * @param baseTime that time, when there is another one
     * @param name what is measured
     * @param unit its unit; empty for none
     * @param time when, after the base time; 0 is left out
     * @param places how many decimals times have
     */
    record Head(String base, boolean rebased, long baseTime, String name, String unit, long time, int places) {
        /** How many of the fields there are. */
        int fields() {
            return 1 + (base.isEmpty() ? 0 : 1) + (rebased ? 1 : 0) + (unit.isEmpty() ? 0 : 1) + (time == 0 ? 0 : 1);
        }
    }
}
