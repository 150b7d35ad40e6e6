package org.headgate.driver.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.messages.MessageDecoder;
import org.headgate.messages.MessageEncoder;

/**
 * A device that posts, or connects by a web socket, as its file says it.
 *
 * @param token the name of the secret that it shows
 * @param rate how many messages it may send in a second
 * @param writes what is sent to it for a channel, by the channel's name
 */
record ListenSettings(
        String device,
        Duration timeout,
        String token,
        int rate,
        Map<String, MessageEncoder> writes,
        MessageDecoder decoder) {
    private static final long MOST_RATE = 10_000;

    static ListenSettings parse(DeviceSettings settings) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        Keys.judge(settings, true);
        if (!settings.address().isEmpty()) {
            throw new InvalidSettingException("address", settings.address(), "nothing, beside listen");
        }
        if (!options.get("listen").equals("in")) {
            throw new InvalidSettingException("listen", options.get("listen"), "in, for POST /in/" + settings.device());
        }
        String token = options.getOrDefault("token", "");
        if (token.isEmpty()) {
            throw new InvalidSettingException("token", "", "@name of a secret that the device shows");
        }
        Vault.judge("token", token);
        String rate = options.getOrDefault("rate", "100");
        int most = Texts.number(rate)
                .filter(count -> count >= 1 && count <= MOST_RATE)
                .orElseThrow(
                        () -> new InvalidSettingException("rate", rate, "messages in a second, from 1 to " + MOST_RATE))
                .intValue();
        Map<String, MessageEncoder> writes = new LinkedHashMap<>();
        for (Channel channel : settings.channels()) {
            if (channel.options().containsKey("write") || channel.options().containsKey("method")) {
                throw new InvalidSettingException(
                        "channel." + channel.name(), "write, method", "body= only: a listener has no path to write to");
            }
            if (channel.access().canWrite()) {
                writes.put(channel.name(), Keys.encoder(channel, settings));
            }
        }
        return new ListenSettings(settings.device(), settings.timeout(), token, most, writes, Keys.decoder(settings));
    }
}
