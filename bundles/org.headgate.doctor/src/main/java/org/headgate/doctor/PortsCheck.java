package org.headgate.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Texts;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.ListeningSockets;
import org.headgate.host.Machine;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether what should listen does, and nothing of ours is open to the network. */
@Component
public final class PortsCheck implements HealthCheck {
    private static final int CONSOLE = 8101;
    private static final int MQTT = 1883;
    private static final int NONE = -1;

    private final Configurations configurations;
    private final Machine machine;
    private final int consolePort;

    @Activate
    public PortsCheck(BundleContext context, @Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, Machine.of(gateway.home()), port(context.getProperty("headgate.console.port"), CONSOLE));
    }

    PortsCheck(Configurations configurations, Machine machine, int consolePort) {
        this.configurations = configurations;
        this.machine = machine;
        this.consolePort = consolePort;
    }

    @Override
    public String name() {
        return "ports";
    }

    @Override
    public List<Finding> check() {
        List<InetSocketAddress> open;
        try {
            open = ListeningSockets.ours(machine);
        } catch (IOException | RuntimeException unreadable) {
            return List.of(Finding.unknown("", "the kernel does not say who listens: " + unreadable.getMessage()));
        }
        List<Finding> findings = new ArrayList<>();
        Optional<HttpPort> http = HttpPort.wanted(configurations);
        for (InetSocketAddress socket : open) {
            boolean meant = http.filter(port -> port.isMeant(socket)).isPresent();
            if (!meant && !socket.getAddress().isLoopbackAddress()) {
                findings.add(Finding.fail(
                        "port " + socket.getPort(),
                        "is open to the network on " + socket.getAddress().getHostAddress()
                                + ", and nothing of Headgate's own is",
                        "driver:list shows what was brought; driver:remove the one that opened it, or close it:"
                                + " sudo nft add rule inet filter input tcp dport " + socket.getPort() + " drop"));
            }
        }
        findings.add(expected("console", "console.port of " + FileName.GATEWAY, consolePort, open));
        // Another one than is wanted also where the launcher found that taken, or no port at all.
        configurations
                .value(FileName.GATEWAY, "console.port")
                .map(String::strip)
                .filter(wanted -> port(wanted, NONE) != consolePort)
                .ifPresent(wanted -> findings.add(Finding.warn(
                        "console",
                        "console.port is " + wanted + " now, but it listens on " + consolePort
                                + " until the next start",
                        "a free port from 1024 up there, then: headgate stop; headgate start")));
        Map<String, String> gateway = configurations.values(FileName.GATEWAY);
        String brokerFile = "headgate.broker.cfg";
        if (Texts.flag(gateway.getOrDefault("broker", "false")).orElse(false)
                && configurations.files().contains(brokerFile)) {
            int port = port(configurations.values(brokerFile).get("port"), MQTT);
            findings.add(expected("broker", "port of " + brokerFile, port, open));
        }
        http.map(port -> open.stream().anyMatch(port::isMeant)
                        ? port.open()
                        : expected("http", HttpPort.setting(), port.number(), open))
                .ifPresent(findings::add);
        return findings;
    }

    private static Finding expected(String what, String setting, int port, List<InetSocketAddress> open) {
        List<InetSocketAddress> sockets =
                open.stream().filter(socket -> socket.getPort() == port).toList();
        if (sockets.stream().anyMatch(socket -> !socket.getAddress().isLoopbackAddress())) {
            return Finding.fail(
                    what,
                    "something of ours listens on port " + port + " for the network too",
                    "headgate stop; headgate start; when it is so again, take another port: " + setting);
        }
        return !sockets.isEmpty()
                ? Finding.ok(what, "listens on port " + port + " for this machine only")
                : Finding.warn(
                        what,
                        "nothing of ours listens on port " + port,
                        "sudo ss -ltnp 'sport = :" + port + "' shows who has it; another one: " + setting
                                + "; the log says more: log:display");
    }

    private static int port(String text, int fallback) {
        return Optional.ofNullable(text)
                .flatMap(Texts::number)
                .map(Long::intValue)
                .orElse(fallback);
    }
}
