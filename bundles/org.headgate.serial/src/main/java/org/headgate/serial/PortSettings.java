package org.headgate.serial;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.device.api.InvalidSettingException;

/**
 * A serial port and how it is set, as an address says it: {@code /dev/serial/by-id/NAME,9600-8N1,flow=rtscts,rs485=auto}. What is not said is
 * 9600 baud, 8 data bits, no parity, 1 stop bit, no flow control.
 *
 * @param path the port's file
 * @param baud bits a second, from 50 to 4,000,000
 * @param dataBits from 5 to 8
 * @param parity the parity bit
 * @param stopBits 1 or 2
 * @param flow who says stop
 * @param rs485 whether the kernel switches the direction of a half-duplex line
 */
public record PortSettings(String path, int baud, int dataBits, Parity parity, int stopBits, Flow flow, Rs485 rs485) {
    /** What an address looks like. */
    public static final String EXPECTED =
            "a port such as /dev/ttyAMA0 or its name in /dev/serial/by-id, then 9600-8N1, flow=none|rtscts|xonxoff, rs485=off|auto|auto-low";

    private static final String BY_ID = "/dev/serial/by-id/";
    private static final Pattern PATH = Pattern.compile("(?:/dev/)?[A-Za-z0-9][A-Za-z0-9/._:+@-]*");
    private static final Pattern FRAME = Pattern.compile("([1-9][0-9]{1,6})(?:-([5-8])([NEOMS])([12]))?");
    private static final int LEAST_BAUD = 50;
    private static final int MOST_BAUD = 4_000_000;

    /** The parity bit; the first letter is what stands in an address. */
    public enum Parity {
        /** None. */
        NONE,
        /** The number of ones is odd. */
        ODD,
        /** The number of ones is even. */
        EVEN,
        /** Always 1. */
        MARK,
        /** Always 0. */
        SPACE;

        static Parity of(String letter) {
            return Arrays.stream(values())
                    .filter(one -> one.name().startsWith(letter))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Flow control. */
    public enum Flow {
        /** None. */
        NONE("none"),
        /** By the wires RTS and CTS. */
        RTSCTS("rtscts"),
        /** By the characters XON and XOFF, which then cannot be data. */
        XONXOFF("xonxoff");

        private final String word;

        Flow(String word) {
            this.word = word;
        }
    }

    /** Who switches an RS-485 transceiver to sending. */
    public enum Rs485 {
        /** Nobody needs to: RS-232, or an adapter that does it by itself, as most on USB do. */
        OFF("off"),
        /** The kernel, with RTS high while it sends. */
        AUTO("auto"),
        /** The kernel, with RTS low while it sends. */
        AUTO_LOW("auto-low");

        private final String word;

        Rs485(String word) {
            this.word = word;
        }
    }

    /**
     * Reads an address.
     *
     * @throws InvalidSettingException when it is none
     */
    public static PortSettings parse(String address) throws InvalidSettingException {
        String[] parts = address.strip().split(",", -1);
        if (!PATH.matcher(parts[0]).matches() || parts[0].contains("..")) {
            throw new InvalidSettingException("address", address, EXPECTED);
        }
        String path = parts[0].startsWith("/") ? parts[0] : BY_ID + parts[0];
        PortSettings settings = new PortSettings(path, 9600, 8, Parity.NONE, 1, Flow.NONE, Rs485.OFF);
        for (int i = 1; i < parts.length; i++) {
            settings = settings.with(parts[i].strip());
        }
        return settings;
    }

    private PortSettings with(String part) throws InvalidSettingException {
        Matcher frame = FRAME.matcher(part);
        if (frame.matches()) {
            return framed(part, frame);
        }
        String value = part.substring(part.indexOf('=') + 1);
        if (part.startsWith("flow=")) {
            Optional<Flow> known = Arrays.stream(Flow.values())
                    .filter(one -> one.word.equals(value))
                    .findFirst();
            Flow wanted = known.orElseThrow(() -> wrong(part, "flow=none, flow=rtscts or flow=xonxoff"));
            return new PortSettings(path, baud, dataBits, parity, stopBits, wanted, rs485);
        }
        if (part.startsWith("rs485=")) {
            Optional<Rs485> known = Arrays.stream(Rs485.values())
                    .filter(one -> one.word.equals(value))
                    .findFirst();
            Rs485 wanted = known.orElseThrow(() -> wrong(part, "rs485=off, rs485=auto or rs485=auto-low"));
            return new PortSettings(path, baud, dataBits, parity, stopBits, flow, wanted);
        }
        throw wrong(part, "9600-8N1, flow=... or rs485=... behind the port");
    }

    private PortSettings framed(String part, Matcher frame) throws InvalidSettingException {
        int rate = Integer.parseInt(frame.group(1));
        if (rate < LEAST_BAUD || rate > MOST_BAUD) {
            throw wrong(part, "from " + LEAST_BAUD + " to " + MOST_BAUD + " baud");
        }
        return frame.group(2) == null
                ? new PortSettings(path, rate, dataBits, parity, stopBits, flow, rs485)
                : new PortSettings(
                        path,
                        rate,
                        Integer.parseInt(frame.group(2)),
                        Parity.of(frame.group(3)),
                        Integer.parseInt(frame.group(4)),
                        flow,
                        rs485);
    }

    private static InvalidSettingException wrong(String part, String expected) {
        return new InvalidSettingException("address", part, expected);
    }

    /** The port's name, as it is shorter to say. */
    public String name() {
        return path.startsWith(BY_ID) ? path.substring(BY_ID.length()) : path;
    }

    /** How long a number of bytes is on the wire, in nanoseconds, rounded up. */
    public long nanosOf(int bytes) {
        int bits = 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stopBits;
        return (bytes * bits * 1_000_000_000L + baud - 1) / baud;
    }
}
