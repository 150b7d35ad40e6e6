package org.headgate.driver.opcua;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.device.api.InvalidSettingException;

/**
 * {@code opc.tcp://HOST[:PORT][/PATH]}: what the user dials.
 *
 * @param host a name or an address, that of IPv6 without its brackets
 * @param port 4840 where none is written (registered for opcua-tcp)
 * @param path empty, or with its slash
 */
record Address(String host, int port, String path) {
    static final String EXPECTED = "opc.tcp://HOST[:PORT][/PATH], for example opc.tcp://press:4840";
    static final int PORT = 4840;

    private static final Pattern SYNTAX =
            Pattern.compile("opc\\.tcp://(?:\\[([0-9a-fA-F:.%]+)]|([^\\s/:\\[\\]@?#]+))(?::([0-9]{1,5}))?(/\\S*)?");
    private static final int LAST_PORT = 65_535;

    /** Whether a text is an address, as far as its form says. */
    static boolean isOne(String text) {
        try {
            parse(text);
            return true;
        } catch (InvalidSettingException none) {
            return false;
        }
    }

    static Address parse(String text) throws InvalidSettingException {
        Matcher found = SYNTAX.matcher(text);
        if (!found.matches()) {
            throw new InvalidSettingException("address", text, EXPECTED);
        }
        int port = found.group(3) == null ? PORT : Integer.parseInt(found.group(3));
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidSettingException("address", text, "a port from 1 to " + LAST_PORT);
        }
        return new Address(
                found.group(1) == null ? found.group(2) : found.group(1),
                port,
                found.group(4) == null ? "" : found.group(4));
    }

    String url() {
        return at(path);
    }

    /**
     * A server's own address with what was dialled in place of its host and port. A server says the name that it has for itself, which
     * nobody here may know, or its address in another network, or the port before a forwarding; what was dialled has just worked. So
     * it is replaced always, not only where it cannot be resolved: a name that resolves to something else would be worse.
     */
    String dialled(String endpoint) {
        int authority = endpoint.indexOf("://");
        int slash = authority < 0 ? -1 : endpoint.indexOf('/', authority + "://".length());
        return at(slash < 0 ? "" : endpoint.substring(slash));
    }

    private String at(String anyPath) {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "opc.tcp://" + name + ":" + port + anyPath;
    }
}
