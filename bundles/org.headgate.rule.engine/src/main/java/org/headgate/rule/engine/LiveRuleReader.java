package org.headgate.rule.engine;

import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Linker;
import org.headgate.rule.language.Precheck;
import org.headgate.rule.language.Query;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.headgate.stream.api.StreamBus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads rules against the streams as they are now: columns are known from the last row. */
@Component
public final class LiveRuleReader implements RuleReader {
    private final StreamBus bus;

    /** Reads against the streams of a bus. */
    @Activate
    public LiveRuleReader(@Reference StreamBus bus) {
        this.bus = bus;
    }

    @Override
    public Reading read(String sql) {
        Optional<String> stream = Optional.empty();
        try {
            Query query = RuleParser.parse(sql);
            stream = Optional.of(query.stream());
            Optional<Row> last = bus.last(query.stream());
            if (last.isPresent()) {
                Linker.link(query, Inputs.of(query.stream(), last.get().schema()), RuleEngine.FUNCTIONS);
            } else {
                Precheck.check(query, RuleEngine.FUNCTIONS);
            }
            return new Reading(stream, Optional.empty());
        } catch (RuleException wrong) {
            return new Reading(stream, Optional.of(wrong.getMessage()));
        }
    }
}
