package org.headgate.rule.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;

/**
 * What a rule's file says.
 *
 * @param sql the text
 * @param enabled whether it is to run
 * @param options how it treats time, and how much it may keep
 * @param checkpoint how often its state is written; empty where it is not kept
 * @param actions where its rows go beside its stream
 */
record RuleSettings(
        String sql, boolean enabled, RuleOptions options, Optional<Duration> checkpoint, List<Action> actions) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final String CHECKPOINT = "checkpoint ";

    /** Reads them; what is wrong is told to the settings. */
    static RuleSettings of(Settings settings) {
        return new RuleSettings(
                settings.required("sql", "a rule such as SELECT * FROM boiler WHERE temperature > 90"),
                settings.flag("enabled", true),
                RuleOptions.of(settings),
                checkpoint(settings),
                Action.of(settings));
    }

    private static Optional<Duration> checkpoint(Settings settings) {
        Optional<String> text = settings.text("state").filter(state -> !state.equals("none"));
        Optional<Duration> every = text.filter(state -> state.startsWith(CHECKPOINT))
                .flatMap(state -> Texts.duration(state.substring(CHECKPOINT.length())))
                .filter(duration -> duration.compareTo(LEAST) >= 0);
        if (text.isPresent() && every.isEmpty()) {
            settings.wrong("state", "none, or checkpoint and a duration of at least 1s such as checkpoint 10s");
        }
        return every;
    }
}
