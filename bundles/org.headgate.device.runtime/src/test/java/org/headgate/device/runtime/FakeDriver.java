package org.headgate.device.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/** A driver whose device does what the test says, and which remembers what was done to it. */
final class FakeDriver implements Driver {
    final List<String> log = new ArrayList<>();
    int open;
    Step onOpen = () -> {};
    Step onRead = () -> {};
    String badChannel = "";

    /** What a call does before it succeeds. */
    interface Step {
        void run() throws IOException, InvalidSettingException;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) {
        return List.of(
                Channel.readable("temperature", "temperature", Type.DOUBLE, "Cel"),
                new Channel("pump", "pump", Type.BOOLEAN, "", Access.READ_WRITE, Map.of()),
                new Channel("level", "level", Type.LONG, "%", Access.READ_WRITE, Map.of("min", "0", "max", "100")));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        log.add("open");
        onOpen.run();
        open++;
        return new FakeConnection();
    }

    private final class FakeConnection implements Connection {
        private boolean pump;

        @Override
        public void read(List<Channel> channels, Readings into) throws IOException {
            log.add("read");
            try {
                onRead.run();
            } catch (InvalidSettingException impossible) {
                throw new IllegalStateException(impossible);
            }
            for (int i = 0; i < channels.size(); i++) {
                switch (channels.get(i).source()) {
                    case "temperature" -> into.set(i, 21.5);
                    case "pump" -> into.set(i, pump);
                    default -> into.set(i, 7L);
                }
                if (channels.get(i).name().equals(badChannel)) {
                    into.bad(i, "the wire is broken");
                }
            }
        }

        @Override
        public void write(Channel channel, Object value) {
            log.add("write " + channel.name() + "=" + value);
            pump = Boolean.TRUE.equals(value);
        }

        @Override
        public void close() {
            log.add("close");
            open--;
        }
    }
}
