package org.headgate.sparkplug;

/** The numbers of the fields on the wire (Sparkplug 3.0, 6.4.1). */
final class Field {
    static final int PAYLOAD_TIMESTAMP = 1;
    static final int PAYLOAD_METRIC = 2;
    static final int PAYLOAD_SEQ = 3;

    static final int METRIC_NAME = 1;
    static final int METRIC_ALIAS = 2;
    static final int METRIC_TIMESTAMP = 3;
    static final int METRIC_DATATYPE = 4;
    static final int METRIC_HISTORICAL = 5;
    static final int METRIC_NULL = 7;
    static final int METRIC_PROPERTIES = 9;
    /** Where a metric's values begin: int, long, float, double, boolean, string, bytes. */
    static final int METRIC_VALUE = 10;

    static final int SET_KEY = 1;
    static final int SET_VALUE = 2;

    static final int PROPERTY_TYPE = 1;
    /** Where a property's values begin, in the order of a metric's. */
    static final int PROPERTY_VALUE = 3;

    static final int INT = 0;
    static final int LONG = 1;
    static final int FLOAT = 2;
    static final int DOUBLE = 3;
    static final int BOOLEAN = 4;
    static final int STRING = 5;
    /** Metrics only. */
    static final int BINARY = 6;

    private Field() {}
}
