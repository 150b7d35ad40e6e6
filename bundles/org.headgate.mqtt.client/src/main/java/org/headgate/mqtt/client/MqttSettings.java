package org.headgate.mqtt.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;

/**
 * How to reach a broker.
 *
 * @param address as {@link MqttAddress#parse} reads it
 * @param version {@code 3.1.1} or {@code 5}
 * @param clientId the client's identifier, unique at the broker
 * @param user the user's name; empty for none
 * @param password the password; empty for none
 * @param timeout how long connecting may take
 * @param keepAlive how long the connection may be silent before it is probed
 * @param window how many messages may be unacknowledged at a time, from 1
 * @param will what the broker publishes when the connection breaks without a farewell
 * @param tls who is trusted, and who we are; used where the address says TLS
 * @param proxy what lies between; empty for nothing
 * @param clock the time by which certificates are judged
 */
public record MqttSettings(
        String address,
        String version,
        String clientId,
        String user,
        char[] password,
        Duration timeout,
        Duration keepAlive,
        int window,
        Optional<Publication> will,
        TlsSettings tls,
        Optional<ProxySettings> proxy,
        CertificateClock clock) {
    /** Checks the address.
     *
     * @throws IllegalArgumentException with {@code address: value (expected: ...)}
     */
    public MqttSettings {
        MqttAddress.parse(address);
    }

    /** Directly, without a will; TLS, where the address says so, by the system's authorities. */
    public MqttSettings(
            String address,
            String version,
            String clientId,
            String user,
            char[] password,
            Duration timeout,
            Duration keepAlive,
            int window) {
        this(
                address,
                version,
                clientId,
                user,
                password,
                timeout,
                keepAlive,
                window,
                Optional.empty(),
                TlsSettings.SYSTEM,
                Optional.empty(),
                CertificateClock.MACHINE);
    }

    /** The password as MQTT sends it. */
    byte[] passwordBytes() {
        ByteBuffer text = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] exactly = new byte[text.remaining()];
        text.get(exactly);
        return exactly;
    }

    /** The address, read. */
    public MqttAddress server() {
        return MqttAddress.parse(address);
    }

    @Override
    public String toString() {
        return "MqttSettings[" + address + " " + version + " " + clientId + "]";
    }
}
