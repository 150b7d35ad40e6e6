package org.headgate.uplink.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.headgate.stream.api.Events;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Judges uplinks before they are written. A secret that is not set yet is no reason to refuse: the uplink waits for it and says so. A
 * password in clear text is.
 */
@Component
public final class UplinkValidator implements Validator {
    private final UplinkRegistry registry;
    private final Gateway gateway;

    /** Judges by the transports that are there. */
    @Activate
    public UplinkValidator(@Reference UplinkRegistry registry, @Reference Gateway gateway) {
        this.registry = registry;
        this.gateway = gateway;
    }

    @Override
    public String kind() {
        return "uplink";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        UplinkSettings settings = UplinkSettings.of(instance, gateway.id(), UplinkSettings.Vault.EMPTY);
        if (settings.invalid().isPresent()) {
            return List.of(settings.invalid().get());
        }
        List<String> problems = new ArrayList<>();
        registry.transport(settings.transport()).ifPresent(transport -> {
            try {
                transport.check(settings.credential().assumed(settings.link()));
            } catch (IllegalArgumentException wrong) {
                problems.add(wrong.getMessage() + nearestOwn(instance, settings, wrong));
            }
        });
        registry.format(settings.format()).ifPresent(format -> {
            try {
                settings.check(format);
            } catch (IllegalArgumentException wrong) {
                problems.add(wrong.getMessage());
            }
        });
        registry.commands()
                .map(commands -> commands.unknown(settings.remote().allowed()))
                .filter(unknown -> !unknown.isEmpty())
                .ifPresent(unknown -> problems.add(new Problem(
                                "commands",
                                String.join(", ", unknown),
                                "names of commands, * for any text; help shows them")
                        .toString()));
        if (settings.enabled()) {
            noStream(settings.streams(), whole).ifPresent(problems::add);
            heardTwice(settings, whole).ifPresent(problems::add);
        }
        return problems;
    }

    /** A key that the transport does not know may be a mistyped one of those that every uplink has. */
    private static String nearestOwn(Instance instance, UplinkSettings settings, IllegalArgumentException wrong) {
        Set<String> options = settings.link().options().keySet();
        Set<String> own = new TreeSet<>(instance.settings().effective().keySet());
        own.removeAll(options);
        return options.stream()
                .filter(key -> String.valueOf(wrong.getMessage()).startsWith(key + ":"))
                .flatMap(key -> Texts.nearest(key, own).stream())
                .findFirst()
                .map(key -> "; did you mean " + key + "?")
                .orElse("");
    }

    /**
     * Where two uplinks hear the same requests, each is answered twice, and one that only looks is carried out twice. The router sees to it that no
     * other one is, by whatever addresses they hear it.
     */
    private Optional<String> heardTwice(UplinkSettings settings, SetUp whole) {
        return whole.names("uplink").stream()
                .filter(name -> !name.equals(settings.name()))
                .flatMap(name -> whole.instance("uplink", name).stream())
                .map(other -> UplinkSettings.of(other, gateway.id(), UplinkSettings.Vault.EMPTY))
                .filter(other -> other.enabled() && other.invalid().isEmpty() && hearsWith(settings, other))
                .findFirst()
                .map(other -> new Problem(
                                "command.topic",
                                settings.remote().topic(),
                                "another one than that of the uplink " + other.name()
                                        + ", which hears the same requests; {uplink} stands for the name")
                        .toString());
    }

    private boolean hearsWith(UplinkSettings one, UplinkSettings other) {
        return !one.remote().allowed().isEmpty()
                && !other.remote().allowed().isEmpty()
                && place(one).equals(place(other))
                && one.remote().topic().equals(other.remote().topic());
    }

    /** Without its transport an address is a text; what that cannot read is said elsewhere. */
    private String place(UplinkSettings settings) {
        String address = settings.link().address();
        try {
            return registry.transport(settings.transport())
                    .map(transport -> transport.place(address))
                    .orElse(address);
        } catch (IllegalArgumentException wrong) {
            return address;
        }
    }

    /** A name may be that of a rule to come; when none of them is there and no pattern catches what comes, it is a mistake. */
    private static Optional<String> noStream(List<String> streams, SetUp whole) {
        Set<String> known = new TreeSet<>(whole.names("device"));
        known.addAll(whole.names("rule"));
        known.add(Events.STREAM);
        if (streams.stream().anyMatch(stream -> stream.indexOf('*') >= 0 || known.contains(stream))) {
            return Optional.empty();
        }
        String hint = streams.stream()
                .flatMap(stream -> Texts.nearest(stream, known).stream())
                .findFirst()
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse(", or * for all");
        return Optional.of(
                new Problem("streams", String.join(", ", streams), "names of devices or rules" + hint).toString());
    }
}
