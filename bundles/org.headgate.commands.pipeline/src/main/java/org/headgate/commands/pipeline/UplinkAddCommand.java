package org.headgate.commands.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code uplink:add}. */
@Component(service = ConsoleCommand.class)
public final class UplinkAddCommand implements ConsoleCommand {
    /** The schemes of addresses by the transport that understands them. */
    private static final Map<String, List<String>> SCHEMES =
            Map.of("mqtt", List.of("mqtt", "mqtts", "tcp", "ssl", "ws", "wss"));

    private static final String ADDRESS = "address";
    private static final String TRANSPORT = "transport";

    private final UplinkEdits edits;

    @Activate
    public UplinkAddCommand(@Reference UplinkEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "uplink:add", "Adds an uplink: streams that are sent to a server, and kept until it has them.")
                .words("NAME ADDRESS streams=STREAM,... [key=value...]")
                .json()
                .more("streams names the streams that are sent, separated by commas; * stands for any text. Without"
                        + " other words rows go out as format=json to topic=headgate/{gateway}/{stream}.")
                .more("user=NAME password=@SECRET log in; secret:set SECRET asks for the password, before or after."
                        + " uplink:test NAME tries the way to the server and back.")
                .example(
                        "uplink:add cloud mqtt://127.0.0.1:18830 streams=boiler-avg,host-load",
                        "Sends two streams to a broker.")
                .example(
                        "uplink:add archive mqtt://127.0.0.1:18830 streams=* topic=archive/{stream} enabled=false",
                        "Prepares an uplink for all streams.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return switch (before.size()) {
            case 0 -> List.of();
            case 1 -> List.of("mqtt://");
            default -> UplinkEdits.keys(before);
        };
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = Instances.newName(invocation);
        String address = invocation.word(1, "ADDRESS, such as mqtt://broker:1883");
        Map<String, Optional<String>> typed = Assignments.beside(
                Map.of(ADDRESS, address),
                invocation.words().subList(2, invocation.words().size()));
        if (edits.files().exists(name)) {
            return invocation.fail(
                    "there is an uplink " + name + " already: uplink:set " + name + " key=value... changes it");
        }
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        if (!typed.containsKey(TRANSPORT)) {
            values.put(TRANSPORT, Optional.of(transport(address)));
        }
        values.put(ADDRESS, Optional.of(address));
        values.putAll(typed);
        return edits.make(
                invocation,
                Edits.of(invocation).keys(edits.files().file(name), values),
                name,
                "uplink " + name + " is added");
    }

    private static String transport(String address) throws UsageException {
        int end = address.indexOf("://");
        String scheme = end < 0 ? "" : address.substring(0, end).toLowerCase(Locale.ROOT);
        return SCHEMES.entrySet().stream()
                .filter(transport -> transport.getValue().contains(scheme))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(
                        () -> new UsageException(
                                "address: " + address
                                        + " (expected: mqtt://host or mqtt://host:port, mqtts://, ws:// or wss://, or transport=NAME beside it)"));
    }
}
