package org.headgate.chips;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/** A kind of chip. Stateless. */
public interface Chip {
    /** What the chip is on. */
    enum Bus {
        I2C,
        SPI
    }

    /** Its name in {@code profile = ...} and {@code chip = ...}: {@code bme280}. */
    String name();

    /** Maker, type and what it does, on one line: {@code Bosch BME280: temperature, humidity, pressure}. */
    String description();

    /** The buses that it can be on. */
    List<Bus> buses();

    /** The 7-bit I2C addresses that its pins can give it, the usual one first; empty for a chip of SPI. */
    List<Integer> addresses();

    /** Its channels; a source is the word that the chip knows the value by: {@code temperature}, {@code a0}. */
    List<Channel> channels();

    /** Its own keys of a device's file, with what counts where the file has none: {@code oversampling=1}. Empty for none. */
    Map<String, String> defaults();

    /** Whether it has an identification, so that asking can tell anything. */
    default boolean isIdentifiable() {
        return false;
    }

    /**
     * Whether what answers is this chip; by reading its identification only, never by writing a register. On I2C that
     * sends the register's number, which a chip that is another one may take for data.
     *
     * @return {@code false} also for a chip that has no identification
     * @throws IOException when nothing answers
     */
    boolean identify(Wire wire) throws IOException;

    /**
     * Makes the chip ready: reads its calibration, sets it up.
     *
     * @param settings the keys of {@link #defaults}, each with what counts
     * @throws InvalidSettingException when one is wrong
     * @throws IOException when the chip does not answer, or is another one: with what is there
     */
    Session open(Wire wire, Map<String, String> settings) throws InvalidSettingException, IOException;

    /** A chip that is ready. */
    interface Session {
        /** Reads channels, as {@link org.headgate.device.api.Connection#read}. */
        void read(List<Channel> channels, Readings into) throws IOException;

        /** Writes one channel, as {@link org.headgate.device.api.Connection#write}; only for chips that have a channel to write. */
        void write(Channel channel, Object value) throws IOException;
    }
}
