package org.headgate.rule.functions;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions that a rule may call. Immutable. */
public final class FunctionCatalog {
    private final Map<String, FunctionDefinition> functions = new HashMap<>();

    /** A catalog of these functions; of two with the same name the later one counts. */
    @SafeVarargs
    public FunctionCatalog(List<? extends FunctionDefinition>... groups) {
        for (List<? extends FunctionDefinition> group : groups) {
            group.forEach(function -> functions.put(function.name(), function));
        }
    }

    /** The function of a name in any case. */
    public Optional<FunctionDefinition> find(String name) {
        return Optional.ofNullable(functions.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All functions, by name. */
    public List<FunctionDefinition> all() {
        return functions.values().stream()
                .sorted(Comparator.comparing(FunctionDefinition::name))
                .toList();
    }

    /** All names. */
    public Set<String> names() {
        return Set.copyOf(functions.keySet());
    }
}
