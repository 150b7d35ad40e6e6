package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a driver gives stays the driver's: a buffer that it uses again, a collection of its own class. */
final class Values {
    private Values() {}

    /** A copy that nobody changes and that keeps no class of the driver's. */
    static Object own(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(own(element)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(String.valueOf(key), own(element)));
            return Collections.unmodifiableMap(copy);
        }
        return value == null || value instanceof String || value instanceof Number || value instanceof Boolean
                ? value
                : String.valueOf(value);
    }
}
