package org.headgate.driver.modbus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Deadline;

/**
 * What a device's file says, understood.
 *
 * @param address the line, and the unit on it
 * @param planner how requests are made of channels
 * @param multiple whether single values are written with the functions for many, since the unit knows only those
 * @param masks whether bits are written with function 22, instead of reading their register before
 * @param patience how long a read or a write may take, all its requests together
 * @param response how long one answer may take at most
 * @param isResponseSaid whether the file says so
 * @param points the channels by name, but for those that count
 * @param counters those that count
 */
record Setup(
        UnitAddress address,
        Planner planner,
        boolean multiple,
        boolean masks,
        Duration patience,
        Duration response,
        boolean isResponseSaid,
        Map<String, Point> points,
        Map<String, Counter> counters) {
    /** How many registers a request may have at most (MODBUS Application Protocol V1.1b3, section 6.3). */
    static final int MOST_REGISTERS = 125;

    private static final int MOST_BITS = 2000;
    private static final int MOST_WRITTEN = 123;
    private static final Duration LEAST_RESPONSE = Duration.ofMillis(5);

    static final Map<String, String> DEFAULTS = defaults();

    private static Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("order", "ABCD");
        keys.put("block.max", "125");
        keys.put("block.coils", "2000");
        keys.put("gap.max", "8");
        keys.put("response.timeout", "");
        keys.put("write", "single");
        keys.put("write.bits", "read");
        return keys;
    }

    static Setup parse(DeviceSettings settings) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        settings.requireKnown(DEFAULTS.keySet());
        UnitAddress address = UnitAddress.parse(settings.address());
        Planner planner = new Planner(
                number(options, "block.max", 1, MOST_REGISTERS),
                number(options, "block.coils", 1, MOST_BITS),
                number(options, "gap.max", 0, MOST_REGISTERS));
        Order order = order(options.get("order"));
        // The runtime gives up a call at the time-out, and then takes the driver for hung: so this ends before.
        Duration patience = Deadline.shareOf(settings.timeout());
        Map<String, Point> points = new LinkedHashMap<>();
        Map<String, Counter> counters = new LinkedHashMap<>();
        boolean masks = isSecond(options, "write.bits", "read", "mask");
        for (Channel channel : settings.channels()) {
            Optional<Counter> counter = Counter.parse(channel);
            if (counter.isPresent()) {
                counters.put(channel.name(), counter.get());
            } else {
                points.put(channel.name(), point(channel, address, planner, order, masks));
            }
        }
        return new Setup(
                address,
                planner,
                isSecond(options, "write", "single", "multiple"),
                masks,
                patience,
                response(options.get("response.timeout"), address, patience),
                options.containsKey("response.timeout"),
                points,
                counters);
    }

    private static Point point(Channel channel, UnitAddress address, Planner planner, Order order, boolean masks)
            throws InvalidSettingException {
        String key = "channel." + channel.name();
        Source source = Source.parse(channel.source())
                .orElseThrow(() -> new InvalidSettingException(key, channel.source(), Source.EXPECTED));
        if (channel.access().canWrite() && !source.table().isWritable()) {
            throw new InvalidSettingException(
                    key, source.toString(), "a coil or a holding register, for access=w and rw");
        }
        if (channel.access().canRead() && address.isBroadcast()) {
            throw new InvalidSettingException(key, source.toString(), "access=w, since nobody answers as unit 0");
        }
        if (source.table().hasBits()) {
            Codings.checkBit(channel);
            return new Point(channel, source, null);
        }
        Coding coding = Codings.of(channel, order);
        int most =
                channel.access().canWrite() ? Math.min(MOST_WRITTEN, planner.mostRegisters()) : planner.mostRegisters();
        if (source.address() + coding.registers() > Source.END || coding.registers() > most) {
            throw new InvalidSettingException(
                    key,
                    source + " with " + coding.registers() + " registers",
                    "up to " + most + " registers, before " + Source.END);
        }
        if (coding.isPart() && address.isBroadcast() && !masks) {
            throw new InvalidSettingException(
                    key, source.toString(), "write.bits = mask, since nobody says as unit 0 what the other bits are");
        }
        return new Point(channel, source, coding);
    }

    private static Order order(String word) throws InvalidSettingException {
        try {
            return Codings.order(word, Order.ABCD, "order");
        } catch (InvalidSettingException wrong) {
            throw new InvalidSettingException("order", word, "ABCD, CDAB, BADC or DCBA");
        }
    }

    private static boolean isSecond(Map<String, String> options, String key, String first, String second)
            throws InvalidSettingException {
        String word = options.getOrDefault(key, first);
        if (!word.equals(first) && !word.equals(second)) {
            throw new InvalidSettingException(key, word, first + " or " + second);
        }
        return word.equals(second);
    }

    private static int number(Map<String, String> options, String key, int least, int most)
            throws InvalidSettingException {
        String digits = options.getOrDefault(key, DEFAULTS.get(key));
        return Texts.number(digits)
                .filter(number -> number >= least && number <= most)
                .map(Long::intValue)
                .orElseThrow(() -> new InvalidSettingException(key, digits, "from " + least + " to " + most));
    }

    private static Duration response(String text, UnitAddress address, Duration patience)
            throws InvalidSettingException {
        if (text == null) {
            // Where a request may get lost there is time for another one.
            return address.bus().kind() == BusAddress.Kind.TCP ? patience : patience.dividedBy(2);
        }
        Duration said = Texts.duration(text)
                .filter(time -> time.compareTo(LEAST_RESPONSE) >= 0)
                .orElseThrow(() -> new InvalidSettingException(
                        "response.timeout",
                        text,
                        Texts.DURATION_EXPECTED + ", at least " + Texts.print(LEAST_RESPONSE)));
        return said.compareTo(patience) < 0 ? said : patience;
    }
}
