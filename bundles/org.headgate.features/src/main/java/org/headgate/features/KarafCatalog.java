package org.headgate.features;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;

/** Karaf's features service; it resolves against the distribution's own repository only. */
final class KarafCatalog implements Catalog {
    private static final EnumSet<Option> GENTLE = EnumSet.of(Option.NoAutoRefreshBundles);

    private final FeaturesService service;

    KarafCatalog(FeaturesService service) {
        this.service = service;
    }

    @Override
    public Set<String> available() throws Exception {
        return names(service.listFeatures());
    }

    @Override
    public Set<String> installed() throws Exception {
        return names(service.listInstalledFeatures());
    }

    @Override
    public void install(Set<String> features) throws Exception {
        service.installFeatures(new HashSet<>(features), GENTLE);
    }

    @Override
    public void uninstall(Set<String> features) throws Exception {
        service.uninstallFeatures(new HashSet<>(features), GENTLE);
    }

    private static Set<String> names(Feature[] features) {
        return Arrays.stream(features).map(Feature::getName).collect(Collectors.toSet());
    }
}
