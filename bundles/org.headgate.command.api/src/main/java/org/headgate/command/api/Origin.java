package org.headgate.command.api;

/**
 * Who asks.
 *
 * @param from the way it came: {@code console}, {@code rule} or {@code cloud}
 * @param who the user, the rule or the uplink
 */
public record Origin(String from, String who) {
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
        return new Origin("cloud", uplink);
    }

    /** For logs and for the user: {@code console:admin}. */
    @Override
    public String toString() {
        return from + ":" + who;
    }
}
