package org.headgate.uplink.mqtt;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.headgate.data.api.ClockState;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttAddress;
import org.headgate.system.api.Clock;
import org.headgate.tls.CertificateClock;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.LinkTrial;
import org.headgate.uplink.api.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** MQTT 3.1.1 and 5, plain or with TLS, directly or through a proxy, over TCP or web sockets. */
@Component
public final class MqttTransport implements Transport {
    private final CertificateClock clock;

    /** For the service registry. */
    @Activate
    public MqttTransport(@Reference Clock clock) {
        this(new CertificateClock(
                () -> Instant.EPOCH.plusNanos(clock.epochNanos()), () -> clock.state() != ClockState.UNSET));
    }

    /** Outside of a framework: certificates are judged by the machine's clock. */
    public MqttTransport() {
        this(CertificateClock.MACHINE);
    }

    MqttTransport(CertificateClock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public void check(LinkSettings settings) {
        MqttOptions.read(settings, clock, "");
    }

    /** Host and port: however it is spoken with, it is one broker. */
    @Override
    public String place(String address) {
        return MqttAddress.parse(address).place().toLowerCase(Locale.ROOT);
    }

    @Override
    public Link open(LinkSettings settings, LinkListener listener) throws IOException {
        return new MqttLink(
                Mqtt.connect(MqttOptions.read(settings, clock, ""), new MqttLink.Events(settings.uplink(), listener)));
    }

    @Override
    public void test(LinkSettings settings, String topic, byte[] payload, LinkTrial trial) throws IOException {
        // A broker throws out the older of two clients with the same id: the link that may be open goes on.
        new MqttTrial(MqttOptions.read(settings, clock, "-test"), topic, payload).run(trial);
    }

    @Override
    public void test(LinkSettings settings, List<String> topics, LinkTrial trial) throws IOException {
        new MqttTrial(MqttOptions.read(settings, clock, "-test"), "", new byte[0]).listen(topics, trial);
    }
}
