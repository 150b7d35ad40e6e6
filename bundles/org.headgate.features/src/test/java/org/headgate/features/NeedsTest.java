package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.headgate.features.Needs.Need;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;

/** OSGi Core 8: 3.2.4 for the headers' syntax, 3.7.5 for imports, 3.13 for bundles, 3.3.3 for capabilities. */
class NeedsTest {
    @Test
    void importsBecomeRequirementsWithTheirVersionsUnlessTheyAreOptionalOrTheBundlesOwn() throws Exception {
        Needs needs = Needs.of(Map.of(
                "Import-Package",
                "a.b;version=\"[1.2,2)\";other=\"x,y;z\", c , d;resolution:=optional,own;version=1.0,e;f;version=3",
                "Export-Package",
                "own;version=1.0;uses:=\"a.b,c\",own.more"));
        assertThat(needs.exported()).containsExactly("own", "own.more");
        assertThat(needs.required())
                .extracting(Need::said)
                .containsExactly("package a.b [1.2,2)", "package c", "package e 3", "package f 3");
        String filter = needs.required().get(0).filter();
        assertThat(FrameworkUtil.createFilter(filter)
                        .matches(Map.of(
                                "osgi.wiring.package", "a.b", "version", org.osgi.framework.Version.valueOf("1.9"))))
                .isTrue();
        assertThat(FrameworkUtil.createFilter(filter)
                        .matches(Map.of(
                                "osgi.wiring.package", "a.b", "version", org.osgi.framework.Version.valueOf("2"))))
                .isFalse();
    }

    @Test
    void bundlesAndCapabilitiesAreNeededToo() {
        Needs needs = Needs.of(Map.of(
                "Require-Bundle",
                "some.bundle;bundle-version=\"[1,2)\";visibility:=reexport",
                "Require-Capability",
                "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\",x;effective:=active,y;resolution:=optional,z"));
        assertThat(needs.required())
                .extracting(Need::said)
                .containsExactly("bundle some.bundle [1,2)", "osgi.ee (&(osgi.ee=JavaSE)(version=99))", "z");
    }
}
