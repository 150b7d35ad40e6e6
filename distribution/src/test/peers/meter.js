// A power meter: a Modbus TCP server that is not ours (modbus-serial). Argument: port. Prints each write of a coil.
const { ServerTCP } = require("modbus-serial");

const registers = Buffer.alloc(512);
registers.writeFloatBE(12.5, 200);
registers.writeUInt32BE(98765, 204);
const coils = {};
const server = new ServerTCP({
    getHoldingRegister: at => registers.readUInt16BE(at * 2),
    getCoil: at => coils[at] === true,
    setCoil: (at, value) => { coils[at] = value; console.log(`coil ${at} ${value}`); },
}, { host: "127.0.0.1", port: Number(process.argv[2]), unitID: 1 });
server.on("initialized", () => console.log("ready"));
server.on("socketError", () => {});
