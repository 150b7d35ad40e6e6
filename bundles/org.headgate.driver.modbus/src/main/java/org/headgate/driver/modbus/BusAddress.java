package org.headgate.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.serial.PortSettings;

/**
 * A line, as the part of an address before the unit says it.
 *
 * @param kind how frames look, and what carries them
 * @param host the host; empty for a serial port
 * @param port its port; 0 for a serial port
 * @param serial the serial port
 */
record BusAddress(Kind kind, String host, int port, Optional<PortSettings> serial) {
    /** What an address looks like. */
    static final String EXPECTED =
            "tcp:HOST[:PORT],unit=1, rtu:/dev/serial/by-id/NAME,9600-8E1,unit=1 or rtu-tcp:HOST:PORT,unit=1";

    /** The port of Modbus TCP. */
    static final int PORT = 502;

    /** Modbus over serial line V1.02, section 2.5.1: what a port has where its address does not say it. */
    private static final String SERIAL_DEFAULT = "19200-8E1";

    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]+]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::([0-9]{1,5}))?");
    private static final int MOST_PORT = 65_535;

    /** How frames look, and what carries them. */
    enum Kind {
        /** Modbus TCP: with a header. */
        TCP,
        /** Frames with a checksum on a serial port. */
        RTU,
        /** The same frames through a serial device server. */
        RTU_TCP;

        /** The word in an address. */
        String word() {
            return switch (this) {
                case TCP -> "tcp";
                case RTU -> "rtu";
                case RTU_TCP -> "rtu-tcp";
            };
        }
    }

    /**
     * Reads a line's address, which names no unit.
     *
     * @throws InvalidSettingException when it is none
     */
    static BusAddress parse(String address) throws InvalidSettingException {
        List<String> parts = new ArrayList<>(List.of(address.strip().split(",", -1)));
        String first = parts.remove(0).strip();
        for (Kind kind : Kind.values()) {
            if (first.startsWith(kind.word() + ":")) {
                String place = first.substring(kind.word().length() + 1);
                return kind == Kind.RTU ? serial(place, parts) : network(kind, place, parts, address);
            }
        }
        throw new InvalidSettingException("address", address, EXPECTED);
    }

    private static BusAddress serial(String path, List<String> parts) throws InvalidSettingException {
        List<String> all = new ArrayList<>(List.of(path, SERIAL_DEFAULT));
        all.addAll(parts);
        PortSettings settings = PortSettings.parse(String.join(",", all));
        if (settings.dataBits() != 8) {
            throw new InvalidSettingException("address", settings.dataBits() + " data bits", "8, as RTU has: 9600-8E1");
        }
        return new BusAddress(Kind.RTU, "", 0, Optional.of(settings));
    }

    private static BusAddress network(Kind kind, String place, List<String> parts, String address)
            throws InvalidSettingException {
        Matcher host = HOST.matcher(place);
        boolean good = host.matches() && (kind == Kind.TCP || host.group(2) != null);
        int port = good && host.group(2) != null ? Integer.parseInt(host.group(2)) : PORT;
        if (!good || port < 1 || port > MOST_PORT) {
            throw new InvalidSettingException("address", address, EXPECTED);
        }
        if (!parts.isEmpty()) {
            throw new InvalidSettingException("address", parts.get(0).strip(), "unit=1 behind the host");
        }
        return new BusAddress(kind, host.group(1), port, Optional.empty());
    }

    /** A serial port with other settings, for whoever looks for the right ones. */
    static BusAddress serial(PortSettings settings) {
        return new BusAddress(Kind.RTU, "", 0, Optional.of(settings));
    }

    /** What it shares with nobody else: {@code /dev/ttyUSB0}, {@code 192.0.2.10:502}. The name of the bus. */
    String medium() {
        return serial.map(PortSettings::path).orElse(host + ":" + port);
    }

    /** Whether a request to unit 0 goes to everybody, and nobody answers. */
    boolean hasBroadcast() {
        return kind != Kind.TCP;
    }
}
