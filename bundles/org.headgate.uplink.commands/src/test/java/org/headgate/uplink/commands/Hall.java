package org.headgate.uplink.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.command.router.Routers;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Signature;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.RemoteCommands.Source;
import org.osgi.framework.ServiceReference;

/** A gateway with a console's commands, a router and an uplink named cloud, in simulated time. */
final class Hall {
    static final String RESPONSES = "headgate/gw-7/response/{id}";

    final SimulatedSystem system = new SimulatedSystem(5);
    final List<Message> answers = new ArrayList<>();
    final List<RemoteCommands.Reply> replies = new ArrayList<>();
    final Map<String, String> access = new HashMap<>();
    String responses = RESPONSES;
    List<String> allowed = List.of("*");
    RemoteConsole console;
    BrokerCommands commands;
    private final Map<ServiceReference<ConsoleCommand>, ConsoleCommand> services = new HashMap<>();

    Hall() {
        start(new MemoryStorage());
    }

    /** A new process on what the disk kept. */
    void start(MemoryStorage disk) {
        console = new RemoteConsole(services::get, scope -> access);
        services.keySet().forEach(console::bind);
        ConsoleRun runs = new ConsoleRun(console, new HangingCalls(system), system, system);
        commands = new BrokerCommands(Routers.router(runs, system, disk), runs, console, system);
    }

    FakeCommand command(String id, FakeCommand.Work work) {
        return command(Signature.of(id, "Test."), work);
    }

    FakeCommand command(Signature signature, FakeCommand.Work work) {
        FakeCommand command = new FakeCommand(signature, work);
        ServiceReference<ConsoleCommand> reference = reference();
        services.put(reference, command);
        console.bind(reference);
        return command;
    }

    /** A command that a viewer may run. */
    FakeCommand look(String id, FakeCommand.Work work) {
        access.put(id.substring(id.indexOf(':') + 1), "viewer, operator, admin");
        return command(id, work);
    }

    void remove(FakeCommand command) {
        services.entrySet().stream()
                .filter(entry -> entry.getValue() == command)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(reference -> {
                    services.remove(reference);
                    console.unbind(reference);
                });
    }

    /** Sends a request that is good for 30 s, and lets what follows happen at once. */
    void send(String id, String command, String... words) {
        send(request(id, command, words), "", new byte[0]);
    }

    void send(String json, String responseTopic, byte[] correlation) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        send("cloud", new Incoming("headgate/gw-7/command", payload, responseTopic, correlation));
    }

    /** By an uplink of any name. */
    void send(String uplink, Incoming message) {
        commands.received(new Source(uplink, "gw-7", allowed, responses), message, reply -> {
            replies.add(reply);
            answers.add(reply.within(Long.MAX_VALUE));
        });
        system.run();
    }

    String request(String id, String command, String... words) {
        StringBuilder list = new StringBuilder();
        for (String word : words) {
            list.append(list.isEmpty() ? "\"" : ",\"").append(word).append('"');
        }
        return "{\"id\":\"" + id + "\",\"command\":\"" + command + "\",\"arguments\":[" + list + "],\"time\":"
                + system.epochNanos() / 1_000_000 + "}";
    }

    /** The last answer, read by a reader that is not ours. */
    JsonNode last() {
        return json(answers.get(answers.size() - 1));
    }

    static JsonNode json(Message message) {
        try {
            return new ObjectMapper().readTree(new String(message.payload(), StandardCharsets.UTF_8));
        } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /** Asks and gives the answer. */
    JsonNode ask(String id, String command, String... words) {
        int before = answers.size();
        send(id, command, words);
        if (answers.size() != before + 1) {
            throw new AssertionError(answers.size() - before + " answers");
        }
        return last();
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<ConsoleCommand> reference() {
        Object[] self = new Object[1];
        self[0] = Proxy.newProxyInstance(
                Hall.class.getClassLoader(), new Class<?>[] {ServiceReference.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
        return (ServiceReference<ConsoleCommand>) self[0];
    }
}
