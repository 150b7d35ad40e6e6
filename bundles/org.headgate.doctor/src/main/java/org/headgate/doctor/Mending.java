package org.headgate.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.FileName;

/** The command that mends an INVALID instance, as far as its problem tells: {@code key: value (expected: ...)}. */
final class Mending {
    private static final Pattern PROBLEM =
            Pattern.compile("([a-z][A-Za-z0-9_.-]*): (.*?) \\(expected: .*", Pattern.DOTALL);
    private static final Pattern MEANT = Pattern.compile(".*did you mean ([a-z][A-Za-z0-9_.-]*)\\?.*", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile(".*\\bline (\\d+)\\b.*", Pattern.DOTALL);
    private static final String CHANNEL = "channel.";

    private Mending() {}

    /**
     * The command.
     *
     * @param kind {@code device}, {@code rule} or {@code uplink}
     * @param name the instance's name
     * @param why what is wrong with it
     */
    static String of(String kind, String name, String why) {
        String file = FileName.of(kind, name).file();
        Matcher problem = PROBLEM.matcher(why);
        if (why.startsWith(file)) {
            Matcher line = LINE.matcher(why);
            return "correct " + (line.matches() ? "line " + line.group(1) + " of " : "") + "etc/" + file
                    + " in the home with an editor; the gateway sees it at once";
        }
        if (!problem.matches()) {
            return kind.equals("rule") ? "rule:edit " + name : kind + ":set " + name + " KEY=VALUE";
        }
        String key = problem.group(1);
        String value = problem.group(2);
        Matcher meant = MEANT.matcher(why);
        if (key.equals("name")) {
            return "give etc/" + file + " in the home another name";
        }
        if (key.equals("password") || value.equals("***")) {
            return value.startsWith("@")
                    ? "secret:set " + value.substring(1)
                    : "secret:set " + name + "-password, then " + kind + ":set " + name + " " + key + "=@" + name
                            + "-password";
        }
        if (meant.matches()) {
            return "write " + meant.group(1) + " in place of " + mistyped(key, value) + " in etc/" + file
                    + " in the home";
        }
        if (kind.equals("device") && key.startsWith(CHANNEL)) {
            return "device:channel-set " + name + " " + key.substring(CHANNEL.length()) + " ...";
        }
        return kind.equals("rule") && key.equals("sql")
                ? "rule:edit " + name
                : kind + ":set " + name + " " + key + "=...";
    }

    /** What nobody knows: the key, or of a channel's text the option. */
    private static String mistyped(String key, String value) {
        int equals = value.indexOf('=');
        return key.startsWith(CHANNEL) && equals > 0 ? value.substring(0, equals) : key;
    }
}
