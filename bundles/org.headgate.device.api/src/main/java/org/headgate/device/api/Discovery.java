package org.headgate.device.api;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks for what a {@link Driver} could talk to: chips on a bus, ports, nodes of a server, who announces itself. Changes nothing out
 * there: it writes to no device. Stateless; used by several threads at once for different places.
 */
@ConsumerType
public interface Discovery {
    /** Where one may look, as {@code ADDRESS} is explained to the user: {@code a bus such as i2c-1}; empty where there is but one place. */
    String where();

    /**
     * The places to search when the user names none, each as an address; an empty one stands for wherever this driver looks. May block.
     *
     * @throws IOException when that cannot be said: with one line for the user
     */
    default List<String> places() throws IOException {
        return List.of("");
    }

    /**
     * Searches a place. May block; {@link DeviceSettings#timeout} is how long for, and what was told until then counts. While it runs, no
     * connection is used on the {@link Driver#bus bus} that the driver names for the same settings.
     *
     * @param place the address of the search and its options, without channels
     * @param found is told each find, at once, by the thread that searches
     * @throws InvalidSettingException when the address or an option is wrong
     * @throws IOException when the place cannot be searched: with one line for the user, best with what to do about it
     */
    void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException;
}
