package org.headgate.driver.i2c;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.chips.Chip;
import org.headgate.chips.Wire;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/** A chip with an identification in 0xD0, a value in 0x10 that takes 5 ms, and a limit in 0x20 that can be written. */
final class FakeChipKind implements Chip {
    static final int ID = 0x60;

    @Override
    public String name() {
        return "fake280";
    }

    @Override
    public String description() {
        return "Acme FAKE280: a value";
    }

    @Override
    public List<Bus> buses() {
        return List.of(Bus.I2C);
    }

    @Override
    public List<Integer> addresses() {
        return List.of(0x76, 0x77);
    }

    @Override
    public List<Channel> channels() {
        return List.of(
                Channel.readable("value", "value", Type.DOUBLE, ""),
                new Channel("limit", "limit", Type.LONG, "", Access.READ_WRITE, Map.of()));
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of("gain", "1");
    }

    @Override
    public boolean isIdentifiable() {
        return true;
    }

    @Override
    public boolean identify(Wire wire) throws IOException {
        return (wire.writeRead(new byte[] {(byte) 0xD0}, 1)[0] & 0xFF) == ID;
    }

    @Override
    public Session open(Wire wire, Map<String, String> settings) throws InvalidSettingException, IOException {
        if (!settings.get("gain").matches("[1-9]")) {
            throw new InvalidSettingException("gain", settings.get("gain"), "1 to 9");
        }
        if (!identify(wire)) {
            throw new IOException("this is no FAKE280");
        }
        int gain = Integer.parseInt(settings.get("gain"));
        return new Session() {
            @Override
            public void read(List<Channel> channels, Readings into) throws IOException {
                for (int i = 0; i < channels.size(); i++) {
                    if (channels.get(i).source().equals("value")) {
                        wire.write((byte) 0x30, (byte) 1);
                        wire.pause(Duration.ofMillis(5));
                        byte[] raw = wire.writeRead(new byte[] {0x10}, 2);
                        into.set(i, (double) gain * ((raw[0] & 0xFF) << 8 | raw[1] & 0xFF));
                    } else {
                        into.set(i, (long) wire.writeRead(new byte[] {0x20}, 1)[0]);
                    }
                }
            }

            @Override
            public void write(Channel channel, Object value) throws IOException {
                wire.write((byte) 0x20, ((Long) value).byteValue());
            }
        };
    }
}
