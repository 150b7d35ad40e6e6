package org.headgate.rule.engine;

import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.rule.api.FunctionHelp;
import org.headgate.rule.api.FunctionReference;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.FunctionProvider;
import org.headgate.rule.functions.Signature;
import org.headgate.system.api.Randomness;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The functions that rules can call now: the built-in ones and those of every {@link FunctionProvider}. A built-in one is never replaced. */
@Component(service = {Functions.class, FunctionReference.class})
public final class Functions implements FunctionReference {
    private static final Logger LOG = LoggerFactory.getLogger(Functions.class);
    private final List<FunctionDefinition> builtIns;
    private final Map<FunctionProvider, List<FunctionDefinition>> brought = new LinkedHashMap<>();
    private volatile FunctionCatalog catalog;
    private volatile Runnable changed = () -> {};

    /** The built-in functions, in the machine's time zone. */
    @Activate
    public Functions(@Reference Randomness randomness) {
        this(BuiltIns.all(
                ZoneId.systemDefault(),
                () -> ByteBuffer.wrap(randomness.bytes(Long.BYTES)).getLong()));
    }

    Functions(List<FunctionDefinition> builtIns) {
        this.builtIns = builtIns;
        catalog = new FunctionCatalog(builtIns);
    }

    /** What rules can call now. */
    public FunctionCatalog catalog() {
        return catalog;
    }

    /** Calls this whenever the {@link #catalog} has become another one, on whatever thread. */
    void onChange(Runnable listener) {
        changed = listener;
    }

    @Override
    public List<FunctionHelp> functions() {
        return catalog.all().stream().map(Functions::help).toList();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(FunctionProvider provider) {
        try {
            List<FunctionDefinition> functions = List.copyOf(provider.functions());
            synchronized (this) {
                brought.put(provider, functions);
                list();
            }
        } catch (RuntimeException defect) {
            LOG.warn(
                    "functions of {}: ignored, because of {}",
                    provider.getClass().getName(),
                    defect.toString());
            return;
        }
        changed.run();
    }

    void unbind(FunctionProvider provider) {
        synchronized (this) {
            if (brought.remove(provider) == null) {
                return;
            }
            list();
        }
        changed.run();
    }

    private void list() {
        List<FunctionDefinition> others =
                brought.values().stream().flatMap(List::stream).toList();
        catalog = new FunctionCatalog(others, builtIns);
    }

    private static FunctionHelp help(FunctionDefinition function) {
        Signature signature = function.signature();
        return new FunctionHelp(
                signature.name(),
                kind(function),
                signature.usage(),
                signature.summary(),
                signature.example(),
                signature.input(),
                signature.result());
    }

    private static FunctionHelp.Kind kind(FunctionDefinition function) {
        if (function instanceof FunctionDefinition.Scalar) {
            return FunctionHelp.Kind.SCALAR;
        }
        if (function instanceof FunctionDefinition.Aggregating) {
            return FunctionHelp.Kind.AGGREGATE;
        }
        return function instanceof FunctionDefinition.Analytic
                ? FunctionHelp.Kind.ANALYTIC
                : FunctionHelp.Kind.CONDITION;
    }
}
