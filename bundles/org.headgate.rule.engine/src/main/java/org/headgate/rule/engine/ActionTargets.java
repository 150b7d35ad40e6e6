package org.headgate.rule.engine;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Devices;

/**
 * Whether there is what actions write to.
 *
 * @param devices knows the channels that drivers bring, by the devices that run
 */
record ActionTargets(Devices devices) {
    /** What is wrong with where an action writes to. Channels are judged where the device's driver has said which it brings. */
    Optional<String> wrong(Action action, SetUp whole) {
        if (action.isLog()) {
            return Optional.empty();
        }
        Optional<Instance> device = whole.instance("device", action.device());
        if (device.isEmpty()) {
            return Optional.of(unknown(action, "device", action.device(), new TreeSet<>(whole.names("device"))));
        }
        Set<String> channels = devices.device(action.device()).stream()
                .flatMap(running -> running.channels().stream())
                .map(Channel::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (channels.isEmpty()) {
            return Optional.empty();
        }
        channels.addAll(channels(device.get()));
        device.get()
                .settings()
                .text("profile")
                .flatMap(name -> whole.instance("profile", name))
                .ifPresent(profile -> channels.addAll(channels(profile)));
        return channels.contains(action.channel())
                ? Optional.empty()
                : Optional.of(unknown(action, "channel of " + action.device(), action.channel(), channels));
    }

    private static Set<String> channels(Instance file) {
        return file.settings().prefixed("channel.").keySet();
    }

    private static String unknown(Action action, String what, String name, Set<String> known) {
        return new Problem(
                        Action.KEY,
                        action.toString(),
                        "a " + what + ": "
                                + Texts.nearest(name, known)
                                        .map(nearest -> "did you mean " + nearest + "?")
                                        .orElseGet(() -> known.isEmpty()
                                                ? "there is none"
                                                : "there are " + RuleValidator.some(known)))
                .toString();
    }
}
