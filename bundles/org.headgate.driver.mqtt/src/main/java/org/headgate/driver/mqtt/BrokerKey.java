package org.headgate.driver.mqtt;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.ActionNeededException;
import org.headgate.mqtt.client.MqttKeys;
import org.headgate.mqtt.client.MqttSettings;

/**
 * A broker, and who we are there: devices for which all of it is the same share their connections.
 *
 * @param options the keys of {@link MqttKeys} that the device's file has
 * @param password the name of the secret, with the {@code @}; empty for none
 */
record BrokerKey(String address, String user, String password, Map<String, String> options) {
    /** How many messages may be on their way to the broker. */
    static final int WINDOW = 100;

    private static final int ID_BYTES = 6;

    /**
     * How to connect now.
     *
     * @param number which of our connections to this broker it is, from 1: each has an identifier of its own
     * @throws ActionNeededException when the password's secret is not there
     */
    MqttSettings settings(World world, Duration timeout, int number) throws ActionNeededException {
        MqttKeys keys = MqttKeys.read(address, options, world.files());
        String clientId = keys.clientId().isEmpty()
                ? "headgate-" + HexFormat.of().formatHex(world.randomness().bytes(ID_BYTES))
                : keys.clientId() + (number > 1 ? "-" + number : "");
        char[] secret = {};
        if (!password.isEmpty()) {
            secret = world.secrets()
                    .apply(password)
                    .orElseThrow(() -> new ActionNeededException(
                            "there is no secret " + password.substring(1), "secret:set " + password.substring(1)));
        }
        return new MqttSettings(
                address,
                keys.version(),
                clientId,
                user,
                secret,
                timeout,
                keys.keepAlive(),
                WINDOW,
                Optional.empty(),
                keys.tls(),
                keys.proxy(),
                world.certificates());
    }
}
