package org.headgate.driver.mqtt;

import org.headgate.device.api.InvalidSettingException;

/**
 * Puts the device's name into topics, for {@code {device}}.
 *
 * @param device the device's name
 * @param id what it is called at the broker; empty where that is the same
 */
record Names(String device, String id) {
    TopicFilter filter(String key, String text) throws InvalidSettingException {
        String named = named(key, text);
        return TopicFilter.parse(named).orElseThrow(() -> new InvalidSettingException(key, text, TopicFilter.EXPECTED));
    }

    /** A topic to publish to. */
    String topic(String key, String text) throws InvalidSettingException {
        TopicFilter filter = filter(key, text);
        if (!filter.isPlain()) {
            throw new InvalidSettingException(key, text, "a topic without + and #");
        }
        return filter.text();
    }

    private String named(String key, String text) throws InvalidSettingException {
        if (id.matches(".*[+#].*")) {
            throw new InvalidSettingException("id", id, "the device's name at the broker, without + and #");
        }
        String named = text.replace("{device}", id.isEmpty() ? device : id).replace("~s", " ");
        if (named.contains("{")) {
            throw new InvalidSettingException(key, text, "no other placeholder than {device}");
        }
        return named;
    }
}
