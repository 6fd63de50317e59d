package castel

// pidNames are the names of the PIDs whose values are plain.
var pidNames = [0x60]string{
	0x02: "freeze_dtc",
	0x03: "fuel_system_status",
	0x04: "engine_load_percent",
	0x05: "coolant_temperature_c",
	0x0B: "intake_pressure_kpa",
	0x0C: "rpm",
	0x0D: "obd_speed_kmh",
	0x0F: "intake_temperature_c",
	0x11: "throttle_percent",
	0x1F: "engine_runtime_s",
	0x21: "mil_distance_km",
	0x2F: "fuel_level_percent",
	0x31: "cleared_distance_km",
	0x33: "barometric_pressure_kpa",
	0x46: "ambient_temperature_c",
	0x4D: "mil_time_min",
	0x4E: "cleared_time_min",
	0x5C: "oil_temperature_c",
}

// pidNumbers names all others, six letters each.
const pidNumbers = "" +
	"pid_00pid_01pid_02pid_03pid_04pid_05pid_06pid_07pid_08pid_09pid_0apid_0bpid_0cpid_0dpid_0epid_0f" +
	"pid_10pid_11pid_12pid_13pid_14pid_15pid_16pid_17pid_18pid_19pid_1apid_1bpid_1cpid_1dpid_1epid_1f" +
	"pid_20pid_21pid_22pid_23pid_24pid_25pid_26pid_27pid_28pid_29pid_2apid_2bpid_2cpid_2dpid_2epid_2f" +
	"pid_30pid_31pid_32pid_33pid_34pid_35pid_36pid_37pid_38pid_39pid_3apid_3bpid_3cpid_3dpid_3epid_3f" +
	"pid_40pid_41pid_42pid_43pid_44pid_45pid_46pid_47pid_48pid_49pid_4apid_4bpid_4cpid_4dpid_4epid_4f" +
	"pid_50pid_51pid_52pid_53pid_54pid_55pid_56pid_57pid_58pid_59pid_5apid_5bpid_5cpid_5dpid_5epid_5f" +
	"pid_60pid_61pid_62pid_63pid_64pid_65pid_66pid_67pid_68pid_69pid_6apid_6bpid_6cpid_6dpid_6epid_6f" +
	"pid_70pid_71pid_72pid_73pid_74pid_75pid_76pid_77pid_78pid_79pid_7apid_7bpid_7cpid_7dpid_7epid_7f" +
	"pid_80pid_81pid_82pid_83pid_84pid_85pid_86pid_87pid_88pid_89pid_8apid_8bpid_8cpid_8dpid_8epid_8f" +
	"pid_90pid_91pid_92pid_93pid_94pid_95pid_96pid_97pid_98pid_99pid_9apid_9bpid_9cpid_9dpid_9epid_9f" +
	"pid_a0pid_a1pid_a2pid_a3pid_a4pid_a5pid_a6pid_a7pid_a8pid_a9pid_aapid_abpid_acpid_adpid_aepid_af" +
	"pid_b0pid_b1pid_b2pid_b3pid_b4pid_b5pid_b6pid_b7pid_b8pid_b9pid_bapid_bbpid_bcpid_bdpid_bepid_bf" +
	"pid_c0pid_c1pid_c2pid_c3pid_c4pid_c5pid_c6pid_c7pid_c8pid_c9pid_capid_cbpid_ccpid_cdpid_cepid_cf" +
	"pid_d0pid_d1pid_d2pid_d3pid_d4pid_d5pid_d6pid_d7pid_d8pid_d9pid_dapid_dbpid_dcpid_ddpid_depid_df" +
	"pid_e0pid_e1pid_e2pid_e3pid_e4pid_e5pid_e6pid_e7pid_e8pid_e9pid_eapid_ebpid_ecpid_edpid_eepid_ef" +
	"pid_f0pid_f1pid_f2pid_f3pid_f4pid_f5pid_f6pid_f7pid_f8pid_f9pid_fapid_fbpid_fcpid_fdpid_fepid_ff"
