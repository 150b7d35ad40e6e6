package org.headgate.command.api;

/**
 * Who asks.
 *
 * @param from the way it came: {@code console}, {@code rule} or {@code cloud}
 * @param who the user, the rule or the uplink
 */
public record Origin(String from, String who) {
    private static final String CLOUD = "cloud";

    /** A user of the console. */
    public static Origin console(String user) {
        return new Origin("console", user);
    }

    /** A rule's action. */
    public static Origin rule(String rule) {
        return new Origin("rule", rule);
    }

    /** What came in through an uplink. */
    public static Origin cloud(String uplink) {
        return new Origin(CLOUD, uplink);
    }

    /**
     * Whoever calls a command of the console: a user, or an uplink by the text that {@link #toString} gives of it. A user's name has no
     * colon.
     */
    public static Origin caller(String name) {
        return name.startsWith(CLOUD + ":") ? cloud(name.substring(CLOUD.length() + 1)) : console(name);
    }

    /** For logs and for the user: {@code console:admin}. */
    @Override
    public String toString() {
        return from + ":" + who;
    }
}
