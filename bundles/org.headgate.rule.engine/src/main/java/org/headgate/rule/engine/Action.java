package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Settings;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/**
 * What a rule does beside publishing its stream: {@code actions = device:lamp/light, log}.
 *
 * @param device the device that is written to; empty for the log
 * @param channel the channel of that device
 */
record Action(String device, String channel) {
    /** The key in a rule's file. */
    static final String KEY = "actions";

    private static final String DEVICE = "device:";
    private static final String LOG = "log";

    /** Reads the actions; what is wrong is noted in the settings. */
    static List<Action> of(Settings settings) {
        List<Action> actions = new ArrayList<>();
        for (String word : settings.text(KEY).orElse("").split(",")) {
            String text = word.strip();
            int slash = text.indexOf('/');
            if (text.equals(LOG)) {
                actions.add(new Action("", ""));
            } else if (text.startsWith(DEVICE) && slash > DEVICE.length() && slash + 1 < text.length()) {
                actions.add(new Action(text.substring(DEVICE.length(), slash), text.substring(slash + 1)));
            } else if (!text.isEmpty()) {
                settings.wrong(KEY, "device:NAME/CHANNEL or log, several with commas, not " + text);
            }
        }
        return actions;
    }

    boolean isLog() {
        return device.isEmpty();
    }

    /**
     * The arguments of the write that a row means: its column of the channel's name or, where it has no such, its only one.
     *
     * @throws IllegalArgumentException when it is not clear which column is meant: one line for the user
     */
    Map<String, String> write(Row row) {
        Schema schema = row.schema();
        int column = schema.indexOf(channel);
        if (column < 0 && schema.size() == 1) {
            column = 0;
        }
        if (column < 0) {
            throw new IllegalArgumentException(
                    this + ": the rule has no column " + channel + " (name one: SELECT ... AS " + channel + ")");
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("device", device);
        arguments.put("channel", channel);
        if (!row.isNull(column)) {
            arguments.put("value", String.valueOf(row.object(column)));
        }
        return arguments;
    }

    /** As it stands in the file. */
    @Override
    public String toString() {
        return isLog() ? LOG : DEVICE + device + "/" + channel;
    }
}
