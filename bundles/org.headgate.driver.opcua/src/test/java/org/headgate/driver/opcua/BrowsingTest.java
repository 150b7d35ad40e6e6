package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's nodes are found whatever it answers to one question: what it keeps from us is said. */
class BrowsingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Reactor reactor = Ground.loaded();
    private Ground ground;
    private SecuredServer server;
    private Plant plant;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
        server = new SecuredServer()
                .offering(SecurityPolicy.None, MessageSecurityMode.None)
                .having(milo -> plant = new Plant(milo));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        reactor.stop();
    }

    private Discovered found(Consumer<OpcUaServer> more) throws Exception {
        server.having(more).start();
        List<Discovered> found = new ArrayList<>();
        new ServerDiscovery(ground.keyring, reactor, new MovedClock())
                .search(
                        new DeviceSettings(
                                "discover", server.address(), PATIENCE, List.of(), Map.of("security", "none")),
                        found::add);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** A message of ours is a mebibyte at most: a folder of long names is more, and so are a hundred folders. */
    @Test
    void namesOfManyCharactersAreAskedForInSmallerPortions() throws Exception {
        Discovered found = found(milo -> plant.lengthen(3, 300, 3000));
        assertThat(found.points()).hasSize(9 + 900);
    }

    private Sparing sparing;

    private Discovered found(int places, Consumer<Sparing> also) throws Exception {
        return found(milo -> {
            plant.grow(20, 8);
            sparing = new Sparing(milo, server.address(), places);
            also.accept(sparing);
        });
    }

    /** A controller that has two of them, and a hundred nodes in a question that all want one. */
    @Test
    void nodesForWhichTheServerHasNoContinuationPointAreAskedAgain() throws Exception {
        Discovered found = found(2, server -> {});
        assertThat(sparing.outOfPlaces()).isPositive();
        assertThat(found.points()).hasSize(9 + 160);
        assertThat(found.description()).isEqualTo("Press 3, 169 nodes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void aNodeOfWhichNothingIsSaidIsNamedAndCostsTheOthersNothing(int places) throws Exception {
        Discovered found = found(
                places,
                server -> server.refusing("Cell 3", StatusCodes.Bad_UserAccessDenied)
                        .refusing("Cell 5", StatusCodes.Bad_NodeIdUnknown));
        assertThat(found.points()).hasSize(9 + 160 - 2 * 8);
        assertThat(found.description())
                .isEqualTo("Press 3, 153 nodes, without all of Cell 3 (Bad_UserAccessDenied) and of 1 more");
    }

    @Test
    void whatCannotBeHadOfANodesSecondPortionIsNamed() throws Exception {
        Discovered found = found(20, server -> server.breaking("Cell 3", StatusCodes.Bad_UserAccessDenied));
        assertThat(found.points()).hasSize(9 + 160 - 5);
        assertThat(found.description()).endsWith(" nodes, without all of Cell 3 (Bad_UserAccessDenied)");
    }

    @Test
    void aContinuationPointThatTheServerHasForgottenTwiceIsNamed() throws Exception {
        Discovered found = found(20, server -> server.breaking("Cell 3", StatusCodes.Bad_ContinuationPointInvalid));
        assertThat(found.points()).hasSize(9 + 160 - 5);
        assertThat(found.description()).endsWith(" nodes, without all of Cell 3 (Bad_ContinuationPointInvalid)");
    }

    /** What servers say of a message that is too large; and Milo's, which has another word for it. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                StatusCodes.Bad_ResponseTooLarge,
                StatusCodes.Bad_RequestTooLarge,
                StatusCodes.Bad_EncodingLimitsExceeded,
                StatusCodes.Bad_TooManyOperations,
                StatusCodes.Bad_InternalError
            })
    void anAnswerThatIsTooLargeIsAskedForInHalves(long status) throws Exception {
        Discovered found = found(20, server -> server.answering(4, status));
        assertThat(found.points()).hasSize(9 + 160);
        assertThat(found.description()).isEqualTo("Press 3, 169 nodes");
    }

    @Test
    void aServerThatShowsNothingToThisUserIsTold() throws Exception {
        assertThat(found(20, server -> server.refusing("85", StatusCodes.Bad_UserAccessDenied))
                        .description())
                .isEqualTo("Press 3, 0 nodes, without all of Objects (Bad_UserAccessDenied)");
    }

    @Test
    void whatWasFoundStaysWhereTheServerHasNoAnswerAnyMore() throws Exception {
        Discovered found = found(100, server -> server.failing(2, StatusCodes.Bad_OutOfMemory));
        assertThat(found.points()).hasSize(9 + 160);
        assertThat(found.description()).endsWith(" nodes, without the rest (Bad_OutOfMemory)");
    }
}
