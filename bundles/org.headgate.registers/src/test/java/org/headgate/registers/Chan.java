package org.headgate.registers;

import java.util.HashMap;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;

/** Channels as the runtime hands them to a driver. */
final class Chan {
    private Chan() {}

    /** {@code of("0x02 uint16 bits=15..3")}; {@code access=rw} makes it writable. */
    static Channel of(String text) {
        String[] words = text.split(" ");
        Map<String, String> options = new HashMap<>();
        Access access = Access.READ;
        for (int i = 1; i < words.length; i++) {
            String[] option = words[i].contains("=") ? words[i].split("=", 2) : new String[] {"type", words[i]};
            if (option[0].equals("access")) {
                access = option[1].equals("rw") ? Access.READ_WRITE : Access.WRITE;
            } else {
                options.put(option[0], option[1]);
            }
        }
        Type type = switch (options.getOrDefault("type", "").replaceAll("\\d", "")) {
            case "bool" -> Type.BOOLEAN;
            case "bytes" -> Type.BYTES;
            case "string" -> Type.STRING;
            case "int", "uint", "long" -> Type.LONG;
            default -> Type.DOUBLE;
        };
        return new Channel(text.replaceAll("[^a-z0-9]", "_"), words[0], type, "", access, options);
    }
}
