package org.headgate.driver.mqtt;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.NamedFiles;
import org.headgate.config.api.Secrets;
import org.headgate.data.api.ClockState;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.tls.CertificateClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Devices behind an MQTT broker: those that publish messages, and those of Sparkplug edge nodes. */
@Component
public final class MqttDriver implements Driver {
    private final World world;
    private final Map<BrokerKey, Broker> brokers = new HashMap<>();

    /** For the service registry. */
    @Activate
    public MqttDriver(
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Randomness randomness,
            @Reference Secrets secrets,
            @Reference Gateway gateway) {
        this(new World(
                clock,
                scheduler.loop("driver:mqtt"),
                calls,
                randomness,
                secrets::resolve,
                new NamedFiles(new HomeFiles(gateway.home()), secrets)::content,
                new CertificateClock(
                        () -> Instant.EPOCH.plusNanos(clock.epochNanos()), () -> clock.state() != ClockState.UNSET)));
    }

    MqttDriver(World world) {
        this.world = world;
    }

    @Override
    public String name() {
        return "mqtt";
    }

    /** A topic says nothing of what is in it: channels are configured, or found. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings.withChannels(List.of()));
        return List.of();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings);
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return Setup.DEFAULTS;
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new MqttDiscovery(world));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        Setup setup = Setup.parse(settings);
        Intake intake = new Intake(setup.device(), setup.channels());
        Broker broker = broker(setup.broker());
        Feed feed;
        if (setup.metrics().isPresent()) {
            MetricFeed metrics = new MetricFeed(setup, world, intake);
            metrics.open(broker);
            feed = metrics;
        } else {
            MessageFeed messages = new MessageFeed(setup, world, intake);
            messages.open(broker);
            feed = messages;
        }
        return new MqttConnection(setup.timeout(), world.clock(), intake, feed);
    }

    /** As many as there are brokers in the configuration. */
    private Broker broker(BrokerKey key) {
        synchronized (brokers) {
            return brokers.computeIfAbsent(key, any -> new Broker(any, world));
        }
    }

    /** How many connections to brokers there are. */
    int connections() {
        synchronized (brokers) {
            return brokers.values().stream().mapToInt(Broker::connections).sum();
        }
    }

    /** Closes what still lingers. */
    @Deactivate
    void close() {
        synchronized (brokers) {
            brokers.values().forEach(Broker::close);
            brokers.clear();
        }
        world.loop().close();
    }
}
