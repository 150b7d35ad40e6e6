package org.headgate.rule.engine;

import java.util.Optional;
import org.headgate.rule.api.RuleExplanation;
import org.headgate.rule.language.Plan;

/**
 * What a rule does and keeps at one instant.
 *
 * @param plan what it does; empty while it is not compiled
 * @param isIndexed whether an index keeps rows from it
 * @param held what it keeps
 * @param seen how many rows it has seen
 */
record RuleView(Optional<Plan> plan, boolean isIndexed, RuleExplanation.Held held, long seen) {
    static RuleView of(LinkedRule linked, long queued, long maxState, long seen) {
        if (linked == null) {
            return new RuleView(Optional.empty(), false, new RuleExplanation.Held(queued, 0, 0, maxState), seen);
        }
        return new RuleView(
                Optional.of(linked.plan()),
                !linked.predicates().isEmpty(),
                new RuleExplanation.Held(queued, linked.groups(), linked.bytes(), maxState),
                seen);
    }
}
