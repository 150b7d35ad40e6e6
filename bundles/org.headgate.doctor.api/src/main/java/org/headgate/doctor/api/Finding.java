package org.headgate.doctor.api;

/**
 * What a check found.
 *
 * @param level how bad it is
 * @param subject what it is about: {@code /dev/i2c-1}, {@code uplink cloud}; empty for the whole check
 * @param text what is the case, on one line
 * @param remedy what to do, best a command to type; empty where nothing is to be done
 */
public record Finding(Level level, String subject, String text, String remedy) {
    /** How bad it is, the worst last. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It does not apply to this machine, or cannot be known. */
        UNKNOWN,
        /** It works, but will not for long, or not as it could. */
        WARN,
        /** Something does not work. */
        FAIL
    }

    public Finding {
        if (level.compareTo(Level.WARN) >= 0 && remedy.isBlank()) {
            throw new IllegalArgumentException(text + ": no remedy (expected: what to do)");
        }
    }

    /** All is well. */
    public static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    /** It does not apply here, or cannot be known. */
    public static Finding unknown(String subject, String text) {
        return new Finding(Level.UNKNOWN, subject, text, "");
    }

    /** Not bad yet. */
    public static Finding warn(String subject, String text, String remedy) {
        return new Finding(Level.WARN, subject, text, remedy);
    }

    /** Bad. */
    public static Finding fail(String subject, String text, String remedy) {
        return new Finding(Level.FAIL, subject, text, remedy);
    }
}
