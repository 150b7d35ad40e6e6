package org.headgate.device.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A protocol: makes connections to devices. Stateless; used by several threads at once for different devices. */
@ConsumerType
public interface Driver {
    /** The driver's name as it stands in {@code driver = ...}, for example {@code modbus}. */
    String name();

    /**
     * The channels that a device has by itself; empty for a protocol where that cannot be known. Those that its file names are joined to
     * them, and one of the same name replaces it; so what not every user wants is better a source that a file can name. Does no input or
     * output to the device.
     *
     * @throws InvalidSettingException when the address or a setting is wrong
     */
    List<Channel> channels(DeviceSettings settings) throws InvalidSettingException;

    /**
     * The medium that a device shares with others, for example {@code /dev/ttyUSB0} or {@code i2c-1}: devices that name the same
     * one take turns, and one that is dead is asked rarely. Empty, the default, for a device that has its way to itself. Also asked for the
     * place of a {@link Discovery#search search}, whose address may name less than a device's. Does no input or output.
     *
     * @throws InvalidSettingException when the address is wrong
     */
    default String bus(DeviceSettings settings) throws InvalidSettingException {
        return "";
    }

    /**
     * Judges a device before it is configured, with its channels: everything that can be known without input or output. Asked from any
     * thread, and quick. What passes may still be refused by {@link #open}, which judges once more.
     *
     * @throws InvalidSettingException when the address, a setting or a channel's source is wrong
     */
    default void check(DeviceSettings settings) throws InvalidSettingException {
        channels(settings);
        bus(settings);
    }

    /**
     * The driver's own keys that a device's file at this address may have, and the values that count where it does not have them, in
     * the order in which they are shown; an empty value for a key that has none. To show, and to complete what is typed.
     */
    default Map<String, String> defaults(DeviceSettings settings) {
        return Map.of();
    }

    /**
     * The profiles that the driver brings with it: what {@code profile = NAME} means where the user has no profile of that name. Each as
     * the keys of a profile's file, for example {@code chip} or {@code channel.power}. Constant.
     */
    default Map<String, Map<String, String>> profiles() {
        return Map.of();
    }

    /** How to look for devices; empty, the default, for a driver that cannot. */
    default Optional<Discovery> discovery() {
        return Optional.empty();
    }

    /**
     * Connects to a device. May block; when it takes longer than the device's {@code timeout} the result is closed again.
     *
     * @throws InvalidSettingException when the address, a setting or a channel's source is wrong: the device becomes INVALID
     * @throws IOException when the device does not answer: it is tried again after a back-off
     */
    Connection open(DeviceSettings settings) throws InvalidSettingException, IOException;
}
