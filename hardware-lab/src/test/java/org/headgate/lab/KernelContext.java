package org.headgate.lab;

import com.pi4j.context.Context;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.headgate.pi4j.PinsContext;
import org.headgate.system.api.Calls;
import org.osgi.framework.BundleContext;

/** Pi4J's context with the providers on the kernel, as drivers get it, without a framework around it. Edges are not delivered. */
final class KernelContext {
    private KernelContext() {}

    static Context open() {
        AtomicReference<Context> service = new AtomicReference<>();
        BundleContext bundle = (BundleContext) Proxy.newProxyInstance(
                KernelContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("registerService")) {
                        service.set((Context) arguments[1]);
                    }
                    return null;
                });
        Calls calls = (Calls) Proxy.newProxyInstance(
                KernelContext.class.getClassLoader(), new Class<?>[] {Calls.class}, (proxy, method, arguments) -> null);
        new PinsContext(bundle, Map.of(), calls);
        return service.get();
    }
}
