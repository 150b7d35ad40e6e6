package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.config.api.Instance;
import org.headgate.data.api.Row;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.EffectiveSetting;
import org.headgate.device.api.Search;
import org.headgate.device.api.Trial;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers what an engineer asks while devices are set up. Keeps nothing: each answer comes from the registry. */
@Component
public final class Commissioner implements Commissioning {
    private final DeviceRegistry registry;

    @Activate
    public Commissioner(@Reference DeviceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public CompletionStage<Row> read(String device, List<String> channels) {
        return registry.find(device)
                .map(found -> found.read(channels))
                .orElseGet(() -> CompletableFuture.failedFuture(registry.unknown(device)));
    }

    @Override
    public List<EffectiveSetting> settings(String device) {
        Optional<DeviceFile> file = registry.file(device);
        if (file.isEmpty()) {
            return List.of();
        }
        Instance instance = file.get().content().get();
        DeviceConfiguration configuration = registry.read(device, instance);
        return Origins.of(instance, configuration, registry.driver(configuration.driver()));
    }

    @Override
    public Optional<Row> last(String device, String channel) {
        return registry.find(device).flatMap(found -> found.last(channel));
    }

    @Override
    public CompletionStage<Trial> test(String device) {
        return registry.find(device)
                .map(Device::test)
                .orElseGet(() -> CompletableFuture.failedFuture(registry.unknown(device)));
    }

    @Override
    public CompletionStage<Discoveries> discover(Search search) {
        Optional<Driver> driver = registry.driver(search.driver());
        if (driver.isEmpty()) {
            return refused("driver " + search.driver() + " is not installed: driver:install " + search.driver());
        }
        Optional<Discovery> discovery = driver.get().discovery();
        if (discovery.isEmpty()) {
            return refused("the driver " + search.driver() + " cannot look for devices: device:add NAME "
                    + search.driver() + " ADDRESS");
        }
        if (!search.address().isEmpty() && discovery.get().where().isEmpty()) {
            return refused("address: " + search.address() + " (expected: none, there is but one place to look)");
        }
        CompletableFuture<Discoveries> answer = new CompletableFuture<>();
        places(search, discovery.get())
                .thenCompose(places -> everywhere(search, driver.get(), discovery.get(), places, answer))
                .whenComplete((seen, failure) -> {
                    if (failure == null) {
                        answer.complete(seen);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    private CompletableFuture<List<String>> places(Search search, Discovery discovery) {
        CompletableFuture<List<String>> places = new CompletableFuture<>();
        if (search.address().isEmpty()) {
            // Which buses there are is a folder to be listed.
            registry.world()
                    .calls()
                    .submit(
                            "discover:" + search.driver(),
                            discovery::places,
                            search.patience(),
                            Runnable::run,
                            outcome -> outcome.failure()
                                    .ifPresentOrElse(
                                            why -> places.completeExceptionally(
                                                    new IllegalStateException(Failures.line(why))),
                                            () -> places.complete(
                                                    outcome.value().orElse(List.of()))));
        } else {
            places.complete(List.of(search.address()));
        }
        return places;
    }

    private CompletableFuture<Discoveries> everywhere(
            Search search,
            Driver driver,
            Discovery discovery,
            List<String> places,
            CompletableFuture<Discoveries> answer) {
        if (answer.isCancelled()) {
            return CompletableFuture.completedFuture(new Discoveries(List.of(), List.of()));
        }
        List<PlaceSearch> each = places.stream()
                .map(place -> new DeviceSettings("discover", place, search.patience(), List.of(), search.options()))
                .map(place -> new PlaceSearch(registry.world(), driver, discovery, place))
                .toList();
        List<CompletableFuture<Discoveries>> searches =
                each.stream().map(PlaceSearch::start).toList();
        answer.whenComplete((seen, failure) -> {
            if (answer.isCancelled()) {
                each.forEach(PlaceSearch::cancel);
            }
        });
        return CompletableFuture.allOf(searches.toArray(CompletableFuture[]::new))
                .thenApply(ended ->
                        joined(searches.stream().map(CompletableFuture::join).toList()));
    }

    private static Discoveries joined(List<Discoveries> places) {
        List<Discovered> found = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Discoveries place : places) {
            found.addAll(place.found());
            failures.addAll(place.failures());
        }
        return new Discoveries(found, failures);
    }

    private static <T> CompletableFuture<T> refused(String why) {
        return CompletableFuture.failedFuture(new IllegalStateException(why));
    }
}
