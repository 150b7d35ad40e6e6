package org.headgate.uplink.api;

import java.time.Duration;
import java.util.Map;

/**
 * What a transport gets to know of an uplink.
 *
 * @param uplink the uplink's name, for log lines
 * @param gateway the gateway's identity
 * @param address the server, for example {@code mqtt://127.0.0.1:1883}
 * @param timeout how long connecting may take
 * @param inFlight how many messages may be unacknowledged at a time
 * @param user the user's name; empty for none
 * @param password the password; empty for none. Never logged
 * @param options keys of the uplink's file that the runtime does not know, for the transport
 */
public record LinkSettings(
        String uplink,
        String gateway,
        String address,
        Duration timeout,
        int inFlight,
        String user,
        char[] password,
        Map<String, String> options) {
    public LinkSettings {
        options = Map.copyOf(options);
    }

    /** The same with another password. */
    public LinkSettings withPassword(char[] text) {
        return new LinkSettings(uplink, gateway, address, timeout, inFlight, user, text, options);
    }

    @Override
    public String toString() {
        return "LinkSettings[" + uplink + " " + address + "]";
    }
}
