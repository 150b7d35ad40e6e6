package org.headgate.rule.functions;

/** Boxed values where a type is wanted that only the value itself can tell; one of another type is a failure, and null. */
final class Dynamic {
    private Dynamic() {}

    static boolean asBoolean(Frame frame, Object value) {
        if (value instanceof Boolean flag) {
            frame.setNull(false);
            return flag;
        }
        wrong(frame, value, "a condition");
        return false;
    }

    static long asLong(Frame frame, Object value) {
        if (value instanceof Number number) {
            frame.setNull(false);
            return number.longValue();
        }
        wrong(frame, value, "a number");
        return 0;
    }

    static double asDouble(Frame frame, Object value) {
        if (value instanceof Number number) {
            frame.setNull(false);
            return number.doubleValue();
        }
        wrong(frame, value, "a number");
        return 0;
    }

    private static void wrong(Frame frame, Object value, String expected) {
        frame.setNull(true);
        if (value != null) {
            frame.fail("expected " + expected + ", found " + value);
        }
    }
}
