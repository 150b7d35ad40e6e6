package org.headgate.driver.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.headgate.mqtt.client.Publication;

/** The last message of each topic, so many of them and so large that no broker fills the memory. Thread-safe. */
final class Heard {
    /** Of so many topics. */
    static final int MOST_TOPICS = 5_000;

    private static final int LONGEST = 64 << 10;
    private static final int MOST_BYTES = 16 << 20;
    /** What lists all devices of a bridge. */
    private static final int LONGEST_LIST = 4 << 20;

    private final Map<String, byte[]> last = new LinkedHashMap<>();
    private int bytes;

    synchronized void add(Publication message) {
        int length = message.payload().length;
        int longest = message.topic().endsWith(Zigbee2Mqtt.LIST) ? LONGEST_LIST : LONGEST;
        boolean known = last.containsKey(message.topic());
        int more = length + message.topic().length() - (known ? last.get(message.topic()).length : 0);
        if (length > 0 && length <= longest && bytes + more <= MOST_BYTES && (known || last.size() < MOST_TOPICS)) {
            bytes += more;
            last.put(message.topic(), message.payload());
        }
    }

    /** By topic, in the order in which they came first. */
    synchronized Map<String, byte[]> messages() {
        return new LinkedHashMap<>(last);
    }
}
