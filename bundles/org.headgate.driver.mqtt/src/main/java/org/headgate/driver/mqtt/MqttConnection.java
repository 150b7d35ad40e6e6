package org.headgate.driver.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** A device behind a broker: everything that can be read is reported, and read out of what came last. */
final class MqttConnection implements Connection {
    private final Duration timeout;
    private final Clock clock;
    private final Intake intake;
    private final Feed feed;

    MqttConnection(Duration timeout, Clock clock, Intake intake, Feed feed) {
        this.timeout = timeout;
        this.clock = clock;
        this.intake = intake;
        this.feed = feed;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        intake.check();
        Deadline deadline = Deadline.within(timeout, clock);
        feed.refresh(deadline);
        // What the broker has kept comes at once; for more there is no reason to wait.
        intake.read(channels, into, Deadline.in(deadline.left().dividedBy(2), clock));
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        intake.check();
        feed.write(channel, value, Deadline.within(timeout, clock));
    }

    @Override
    public List<Channel> subscribe(List<Channel> channels, Reports into) throws IOException {
        intake.check();
        intake.report(channels, into);
        intake.check();
        return channels;
    }

    @Override
    public void close() {
        if (intake.close()) {
            feed.close();
        }
    }
}
