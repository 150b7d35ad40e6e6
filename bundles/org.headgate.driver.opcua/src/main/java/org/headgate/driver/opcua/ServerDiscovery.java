package org.headgate.driver.opcua;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovered.Point;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** Finds the nodes of a server, and the servers that a discovery server knows. */
record ServerDiscovery(Keyring keyring, Reactor reactor, Clock clock) implements Discovery {
    /** A server that has no answer to one question has none to the others. */
    private static final Duration ONE_CALL = Duration.ofSeconds(10);

    @Override
    public String where() {
        return "a server, " + Address.EXPECTED;
    }

    /** Where a discovery server is, on the machine that has one (OPC 10000-12, 4.2.2). */
    @Override
    public List<String> places() {
        return List.of("opc.tcp://localhost:" + Address.PORT);
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        Setup setup = Setup.parse(place, keyring);
        Duration timeout = ONE_CALL.compareTo(place.timeout()) < 0 ? ONE_CALL : place.timeout();
        Dial dial = new Dial(setup.address(), timeout, setup.security(), reactor, clock);
        Deadline end = Deadline.within(place.timeout(), clock);
        List<ApplicationDescription> servers = Servers.ask(dial);
        String self = Security.application(Endpoints.ask(dial, dial.deadline()).stream()
                .findFirst()
                .orElseThrow(() -> new IOException("the server offers no endpoint that is known here")));
        Optional<ApplicationDescription> itself = servers.stream()
                .filter(one -> String.valueOf(one.getApplicationUri()).equals(self))
                .findFirst();
        for (ApplicationDescription other : servers) {
            if (!itself.equals(Optional.of(other))) {
                other(other, found);
            }
        }
        if (itself.map(ApplicationDescription::getApplicationType)
                .filter(ApplicationType.DiscoveryServer::equals)
                .isPresent()) {
            return;
        }
        nodes(place, dial, end, itself.map(Servers::name).orElse("server"), found);
    }

    private static void nodes(DeviceSettings place, Dial dial, Deadline end, String name, Consumer<Discovered> found)
            throws IOException {
        try (Session session = Session.open(dial)) {
            Browser browser = new Browser(session, end);
            browser.go();
            List<Point> points = new Points(session).of(browser);
            found.accept(new Discovered(
                    name,
                    place.address(),
                    name + ", " + points.size() + " nodes" + browser.rest(),
                    "",
                    settings(place),
                    points));
        } catch (UntrustedException unknown) {
            throw new IOException("nobody has decided to trust " + unknown.getMessage()
                    + ": compare its SHA-256 with what the server's own tools show, then repeat with trust="
                    + unknown.seen());
        } catch (ActionNeededException needed) {
            throw new IOException(needed.getMessage() + ": " + hint(needed.command()));
        }
    }

    /** What would be set for a device is a word more in a search. */
    private static String hint(String command) {
        return command.startsWith("device:set ")
                ? "repeat with " + command.replaceFirst("device:set \\S+ ", "")
                : command;
    }

    /** A server of which only its own endpoint knows more. */
    private static void other(ApplicationDescription server, Consumer<Discovered> found) {
        if (server.getApplicationType() == ApplicationType.Client) {
            return;
        }
        Servers.address(server)
                .ifPresent(address -> found.accept(new Discovered(
                        Servers.name(server),
                        address,
                        Servers.name(server) + " (" + Servers.application(server) + ")",
                        "a server of its own: device:discover opcua " + address,
                        Map.of(),
                        List.of())));
    }

    /** What the search was told about security counts for the device, too; in the order of the keys. */
    private static Map<String, String> settings(DeviceSettings place) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String key : Setup.DEFAULTS.keySet()) {
            if (place.options().containsKey(key)) {
                settings.put(key, place.options().get(key));
            }
        }
        return settings;
    }
}
