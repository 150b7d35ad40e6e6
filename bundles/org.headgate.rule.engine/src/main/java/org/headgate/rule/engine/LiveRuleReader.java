package org.headgate.rule.engine;

import java.util.Optional;
import org.headgate.rule.api.RuleReader;
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
    private final LiveInputs known;
    private final Functions functions;

    /** Reads against the streams of a bus. */
    @Activate
    public LiveRuleReader(@Reference StreamBus bus, @Reference Functions functions, @Reference LiveTables tables) {
        this.known = new LiveInputs(bus, tables);
        this.functions = functions;
    }

    @Override
    public Reading read(String sql) {
        Optional<String> stream = Optional.empty();
        try {
            Query query = RuleParser.parse(sql);
            stream = Optional.of(query.stream());
            boolean complete = query.sources().stream()
                    .allMatch(source -> known.stream(source).isPresent()
                            || known.table(source).isPresent());
            if (complete) {
                Linker.link(query, known, functions.catalog());
            } else {
                Precheck.check(query, functions.catalog());
            }
            return new Reading(stream, Optional.empty());
        } catch (RuleException wrong) {
            return new Reading(stream, Optional.of(wrong.getMessage()));
        }
    }
}
