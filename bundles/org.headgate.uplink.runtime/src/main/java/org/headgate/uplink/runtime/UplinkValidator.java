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
    private static final String CLIENT_ID = "client-id";

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
                problems.add(UplinkKeys.line(wrong));
            }
        });
        registry.format(settings.format()).ifPresent(format -> {
            try {
                settings.check(format);
            } catch (IllegalArgumentException wrong) {
                problems.add(UplinkKeys.line(wrong));
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
            others(settings, whole)
                    .forEach(other -> inEachOthersWay(settings, other).ifPresent(problems::add));
        }
        return problems;
    }

    /** The uplinks that are switched on and have the same server. */
    private List<UplinkSettings> others(UplinkSettings settings, SetUp whole) {
        return whole.names("uplink").stream()
                .filter(name -> !name.equals(settings.name()))
                .flatMap(name -> whole.instance("uplink", name).stream())
                .map(other -> UplinkSettings.of(other, gateway.id(), UplinkSettings.Vault.EMPTY))
                .filter(other -> other.enabled() && other.invalid().isEmpty())
                .filter(other -> place(other).equals(place(settings)))
                .toList();
    }

    /** What two uplinks to one server must not have in common. */
    private Optional<String> inEachOthersWay(UplinkSettings one, UplinkSettings other) {
        String client = one.link().options().getOrDefault(CLIENT_ID, "");
        Remote remote = one.remote();
        // Another user may be in a namespace of his own: a virtual host, a device of a cloud.
        boolean together = one.link().user().equals(other.link().user());
        if (together
                && !client.isEmpty()
                && client.equals(other.link().options().get(CLIENT_ID))) {
            return taken(CLIENT_ID, client, other, "the server throws out one of two with the same name");
        }
        if (hears(one) && hears(other) && remote.topic().equals(other.remote().topic())) {
            return taken(
                    "command.topic",
                    remote.topic(),
                    other,
                    "which hears the same requests; {uplink} stands for the name");
        }
        if (together
                && tells(one)
                && tells(other)
                && remote.stateTopic().equals(other.remote().stateTopic())) {
            return taken(
                    "state.topic",
                    remote.stateTopic(),
                    other,
                    "whose end would say offline for both; {uplink} stands for the name, none for no state");
        }
        return Optional.empty();
    }

    private static Optional<String> taken(String key, String value, UplinkSettings other, String why) {
        String expected = "another one than that of the uplink " + other.name() + ", " + why;
        return Optional.of(new Problem(key, value, expected).toString());
    }

    private static boolean hears(UplinkSettings settings) {
        return !settings.remote().allowed().isEmpty();
    }

    /** Of a format that is not there nobody knows whether it tells its state by itself. */
    private boolean tells(UplinkSettings settings) {
        return settings.remote().tellsState()
                && registry.format(settings.format())
                        .filter(format -> !format.tellsState())
                        .isPresent();
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
