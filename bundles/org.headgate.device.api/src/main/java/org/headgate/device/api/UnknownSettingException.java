package org.headgate.device.api;

import java.util.Collection;
import java.util.List;

/** A key that the driver does not know, or an option of a channel: the user may have meant another one, which the runtime finds. */
public final class UnknownSettingException extends InvalidSettingException {
    private static final long serialVersionUID = 1;

    private final String word;
    private final boolean isOption;
    private final List<String> known;

    private UnknownSettingException(
            String key, String value, String expected, String word, boolean isOption, Collection<String> known) {
        super(key, value, expected);
        this.word = word;
        this.isOption = isOption;
        this.known = List.copyOf(known);
    }

    static UnknownSettingException key(String key, String value, String expected, Collection<String> known) {
        return new UnknownSettingException(key, value, expected, key, false, known);
    }

    static UnknownSettingException option(Channel channel, String option, String expected, Collection<String> known) {
        String written = option + "=" + channel.options().get(option);
        return new UnknownSettingException("channel." + channel.name(), written, expected, option, true, known);
    }

    /** The word that nobody knows. */
    public String word() {
        return word;
    }

    /** Whether it is an option of a channel, not a key of the file. */
    public boolean isOption() {
        return isOption;
    }

    /** What the driver knows in its place, as it was given to {@link DeviceSettings#requireKnown} or {@link Channel#requireKnown}. */
    public List<String> known() {
        return known;
    }
}
