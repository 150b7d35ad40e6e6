// Units that are not ours (modbus-serial), over TCP. Argument: port. Holding registers hold their address, coils are on where it is even; from 1000 on there is
// nothing, and 500 to 509 are busy.
const { ServerTCP } = require("modbus-serial");

const registers = new Map();
const coils = new Map();

function judge(address) {
    if (address >= 1000) {
        throw Object.assign(new Error("none"), { modbusErrorCode: 2 });
    }
    if (address >= 500 && address < 510) {
        throw Object.assign(new Error("busy"), { modbusErrorCode: 6 });
    }
}

const server = new ServerTCP({
    getInputRegister: address => { judge(address); return address; },
    getHoldingRegister: address => { judge(address); return registers.has(address) ? registers.get(address) : address; },
    getCoil: address => { judge(address); return coils.has(address) ? coils.get(address) : address % 2 === 0; },
    getDiscreteInput: address => { judge(address); return address % 2 === 1; },
    setRegister: (address, value) => { judge(address); registers.set(address, value & 0xFFFF); },
    setCoil: (address, value) => { judge(address); coils.set(address, value); },
}, { host: "127.0.0.1", port: Number(process.argv[2]), unitID: 255 });
server.on("initialized", () => console.log("ready " + process.argv[2]));
server.on("socketError", () => {});
