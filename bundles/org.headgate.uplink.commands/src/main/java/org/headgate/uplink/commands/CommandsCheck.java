package org.headgate.uplink.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Settings;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.mqtt.client.MqttAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What uplinks let in: commands that are as good as all rights, and the same commands twice. */
@Component
public final class CommandsCheck implements HealthCheck {
    private static final String BEFORE = "headgate.uplink-";
    private static final String AFTER = ".cfg";

    private final Configurations configurations;
    private final Gateway gateway;

    /** Called by Declarative Services. */
    @Activate
    public CommandsCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this.configurations = configurations;
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "commands";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> heard = new TreeMap<>();
        for (String file : configurations.files()) {
            if (!file.startsWith(BEFORE) || !file.endsWith(AFTER)) {
                continue;
            }
            String name = file.substring(BEFORE.length(), file.length() - AFTER.length());
            Settings keys = new Settings(configurations.values(file));
            List<String> allowed = keys.list("commands");
            if (allowed.isEmpty() || !keys.flag("enabled", true)) {
                continue;
            }
            String subject = "uplink " + name;
            String other = heard.putIfAbsent(place(keys, name), name);
            if (other != null) {
                findings.add(Finding.warn(
                        subject,
                        "hears the same commands as the uplink " + other + ": each is answered twice",
                        "uplink:set " + name + " command.topic=headgate/{gateway}/{uplink}/command"));
            }
            List<String> powerful = AllowList.of(allowed).powerful();
            findings.add(
                    powerful.isEmpty()
                            ? Finding.ok(subject, "takes " + String.join(", ", allowed))
                            : Finding.warn(
                                    subject,
                                    "whoever may publish to its command topic is as good as an admin by "
                                            + String.join(", ", powerful),
                                    "uplink:set " + name
                                            + " commands=... without these; else let the broker's access list (ACL)"
                                            + " name who may publish there"));
        }
        return findings.isEmpty() ? List.of(Finding.ok("", "no uplink takes any")) : findings;
    }

    /** Where its requests come. */
    private String place(Settings keys, String uplink) {
        String address = keys.text("address").orElse("");
        String topic = keys.text("command.topic")
                .orElse("headgate/{gateway}/command")
                .replace("{gateway}", gateway.id())
                .replace("{uplink}", uplink);
        try {
            return MqttAddress.parse(address).place().toLowerCase(Locale.ROOT) + " " + topic;
        } catch (IllegalArgumentException another) {
            return address + " " + topic;
        }
    }
}
