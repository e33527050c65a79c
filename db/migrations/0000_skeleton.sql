CREATE TABLE "academy" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"city_code" text,
	"sponsor_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "academy_code_unique" UNIQUE("code"),
	CONSTRAINT "academy_kind" CHECK ("academy"."kind" in ('comprehensive', 'online', 'local', 'industry', 'enterprise'))
);
--> statement-breakpoint
ALTER TABLE "academy" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "brand" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"status" text NOT NULL,
	CONSTRAINT "brand_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "brand_status" CHECK ("brand"."status" in ('approved', 'pending')),
	CONSTRAINT "brand_order" CHECK ("brand"."valid_until" >= "brand"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "brand" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "brand_occupation" (
	"academy_id" uuid NOT NULL,
	"brand_id" uuid NOT NULL,
	"occupation_code" text NOT NULL,
	"occupation_edition" integer NOT NULL,
	CONSTRAINT "brand_occupation_academy_id_brand_id_occupation_code_occupation_edition_pk" PRIMARY KEY("academy_id","brand_id","occupation_code","occupation_edition")
);
--> statement-breakpoint
ALTER TABLE "brand_occupation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "city" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "city" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "designation" (
	"academy_id" uuid NOT NULL,
	"from_year" integer NOT NULL,
	"until_year" integer,
	CONSTRAINT "designation_academy_id_from_year_pk" PRIMARY KEY("academy_id","from_year"),
	CONSTRAINT "designation_order" CHECK ("designation"."until_year" >= "designation"."from_year")
);
--> statement-breakpoint
ALTER TABLE "designation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "site" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	CONSTRAINT "site_academy_id_id_pk" PRIMARY KEY("academy_id","id")
);
--> statement-breakpoint
ALTER TABLE "site" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "trade_union" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"city_code" text,
	CONSTRAINT "trade_union_name_unique" UNIQUE("name"),
	CONSTRAINT "trade_union_kind" CHECK ("trade_union"."kind" in ('provincial_union', 'city_union', 'industrial_union'))
);
--> statement-breakpoint
ALTER TABLE "trade_union" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"login" text,
	"phone_index" "bytea",
	"phone_sealed" "bytea",
	"password_hash" text NOT NULL,
	"display_name" text NOT NULL,
	"academy_id" uuid,
	"union_id" uuid,
	"person_id" uuid,
	"person_confirmed_at" timestamp with time zone,
	"person_confirmed_by" uuid,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_login_unique" UNIQUE("login"),
	CONSTRAINT "account_role" CHECK ("account"."role" in ('worker', 'instructor', 'academy_admin', 'sponsor_reviewer', 'provincial_handler', 'provincial_reviewer', 'operator')),
	CONSTRAINT "account_reachable" CHECK ("account"."login" is not null or "account"."phone_index" is not null),
	CONSTRAINT "account_academy" CHECK (("account"."academy_id" is not null) = ("account"."role" in ('academy_admin', 'instructor'))),
	CONSTRAINT "account_union" CHECK (("account"."union_id" is not null) = ("account"."role" = 'sponsor_reviewer')),
	CONSTRAINT "account_person" CHECK (("account"."person_id" is not null) = ("account"."role" = 'worker'))
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "failure" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "failure_count" CHECK ("failure"."failures" > 0)
);
--> statement-breakpoint
ALTER TABLE "failure" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "session" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_account_id" uuid,
	"purpose" text,
	"academy_id" uuid,
	"kind" text NOT NULL,
	"subject_id" uuid,
	"detail" jsonb NOT NULL,
	"request_id" text
);
--> statement-breakpoint
ALTER TABLE "audit_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "revision" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"fact" text NOT NULL,
	"fact_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"reason" text,
	"import_id" uuid,
	"actor_account_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "revision_academy_id_id_pk" PRIMARY KEY("academy_id","id")
);
--> statement-breakpoint
ALTER TABLE "revision" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assessment" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"assessed_on" date NOT NULL,
	"result" text NOT NULL,
	"theory_score" smallint,
	"practical_score" smallint,
	"import_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "assessment_result" CHECK ("assessment"."result" in ('passed', 'failed', 'absent')),
	CONSTRAINT "assessment_scores" CHECK ("assessment"."theory_score" between 0 and 100 and "assessment"."practical_score" between 0 and 100)
);
--> statement-breakpoint
ALTER TABLE "assessment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "certificate" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"type" text NOT NULL,
	"work_item" text DEFAULT '' NOT NULL,
	"number" text,
	"number_sealed" "bytea",
	"number_index" "bytea" NOT NULL,
	"level" text,
	"issuer" text,
	"issued_on" date NOT NULL,
	"status" text NOT NULL,
	"import_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "certificate_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "certificate_type" CHECK ("certificate"."type" in ('skill_level', 'qualification', 'special_ability', 'special_operation', 'special_equipment', 'training', 'other')),
	CONSTRAINT "certificate_level" CHECK ("certificate"."level" in ('apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician')),
	CONSTRAINT "certificate_levelled" CHECK (("certificate"."level" is not null) = ("certificate"."type" in ('skill_level', 'qualification'))),
	CONSTRAINT "certificate_status" CHECK ("certificate"."status" in ('valid', 'revoked')),
	CONSTRAINT "certificate_number_kept" CHECK (("certificate"."number" is null) = ("certificate"."type" = 'special_operation') and ("certificate"."number" is null) <> ("certificate"."number_sealed" is null))
);
--> statement-breakpoint
ALTER TABLE "certificate" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "certificate_number" (
	"type" text NOT NULL,
	"work_item" text NOT NULL,
	"number_index" "bytea" NOT NULL,
	"academy_id" uuid NOT NULL,
	"certificate_id" uuid NOT NULL,
	CONSTRAINT "certificate_number_type_work_item_number_index_pk" PRIMARY KEY("type","work_item","number_index")
);
--> statement-breakpoint
ALTER TABLE "certificate_number" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "course" (
	"slug" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"title_en" text NOT NULL,
	"summary" text NOT NULL,
	"summary_en" text NOT NULL,
	"occupation_code" text,
	"planned_hours" numeric(6, 1) NOT NULL,
	"sources" jsonb NOT NULL,
	"author" text NOT NULL,
	"updated_on" date NOT NULL,
	"digest" "bytea" NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "course_slug_form" CHECK ("course"."slug" ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	CONSTRAINT "course_hours" CHECK ("course"."planned_hours" > 0 and "course"."planned_hours" * 2 = trunc("course"."planned_hours" * 2))
);
--> statement-breakpoint
ALTER TABLE "course" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "course_asset" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "course_asset_type" CHECK ("course_asset"."media_type" = 'image/svg+xml'),
	CONSTRAINT "course_asset_digest" CHECK (length("course_asset"."digest") = 32)
);
--> statement-breakpoint
ALTER TABLE "course_asset" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson" (
	"course_slug" text NOT NULL,
	"slug" text NOT NULL,
	"position" smallint NOT NULL,
	"title" text NOT NULL,
	"title_en" text NOT NULL,
	"summary" text NOT NULL,
	"minutes" smallint NOT NULL,
	"version" integer NOT NULL,
	"has_quiz" boolean NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "lesson_course_slug_slug_pk" PRIMARY KEY("course_slug","slug"),
	CONSTRAINT "lesson_slug_form" CHECK ("lesson"."slug" ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	CONSTRAINT "lesson_numbers" CHECK ("lesson"."position" > 0 and "lesson"."minutes" > 0 and "lesson"."version" > 0)
);
--> statement-breakpoint
ALTER TABLE "lesson" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson_progress" (
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	"read_version" integer NOT NULL,
	"passed_at" timestamp with time zone,
	CONSTRAINT "lesson_progress_account_id_course_slug_lesson_slug_pk" PRIMARY KEY("account_id","course_slug","lesson_slug")
);
--> statement-breakpoint
ALTER TABLE "lesson_progress" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson_version" (
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"version" integer NOT NULL,
	"digest" "bytea" NOT NULL,
	"blocks" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_version_course_slug_lesson_slug_version_pk" PRIMARY KEY("course_slug","lesson_slug","version")
);
--> statement-breakpoint
ALTER TABLE "lesson_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quiz" (
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"version" integer NOT NULL,
	"pass_percent" smallint NOT NULL,
	"questions" jsonb NOT NULL,
	CONSTRAINT "quiz_course_slug_lesson_slug_version_pk" PRIMARY KEY("course_slug","lesson_slug","version"),
	CONSTRAINT "quiz_pass_percent" CHECK ("quiz"."pass_percent" between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "quiz" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quiz_attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"version" integer NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"right_count" smallint NOT NULL,
	"question_count" smallint NOT NULL,
	"is_passed" boolean NOT NULL,
	"marked" jsonb NOT NULL,
	CONSTRAINT "quiz_attempt_counts" CHECK ("quiz_attempt"."question_count" > 0 and "quiz_attempt"."right_count" between 0 and "quiz_attempt"."question_count")
);
--> statement-breakpoint
ALTER TABLE "quiz_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quiz_key" (
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"version" integer NOT NULL,
	"key" jsonb NOT NULL,
	CONSTRAINT "quiz_key_course_slug_lesson_slug_version_pk" PRIMARY KEY("course_slug","lesson_slug","version")
);
--> statement-breakpoint
ALTER TABLE "quiz_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ledger_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"encoding" text NOT NULL,
	"valid_only" boolean NOT NULL,
	"rows" integer NOT NULL,
	"created" integer NOT NULL,
	"unchanged" integer NOT NULL,
	"corrected" integer NOT NULL,
	"rejected" integer NOT NULL,
	"account_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" uuid
);
--> statement-breakpoint
ALTER TABLE "ledger_import" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ledger_import_academy" (
	"academy_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"rows" integer NOT NULL,
	CONSTRAINT "ledger_import_academy_academy_id_import_id_pk" PRIMARY KEY("academy_id","import_id")
);
--> statement-breakpoint
ALTER TABLE "ledger_import_academy" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "occupation" (
	"code" text NOT NULL,
	"edition" integer NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "occupation_code_edition_pk" PRIMARY KEY("code","edition")
);
--> statement-breakpoint
ALTER TABLE "occupation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_type" text NOT NULL,
	"document_index" "bytea" NOT NULL,
	"document_sealed" "bytea" NOT NULL,
	"birth_date_sealed" "bytea",
	"import_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "person_document_type" CHECK ("person"."document_type" in ('resident_id', 'hk_mo_residence', 'tw_residence', 'hk_mo_permit', 'tw_permit', 'foreign_pr', 'passport'))
);
--> statement-breakpoint
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "policy" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"subject" text NOT NULL,
	"threshold" integer,
	"basis" text,
	"tolerance_tenths" integer,
	"attendance_percent" integer,
	"excluded_categories" text[],
	"certificate_types" text[],
	"least_hours" numeric(6, 1),
	"source" text,
	"set_by" uuid,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policy_subject" CHECK ("policy"."subject" in ('brands', 'trained', 'practical', 'rate', 'growth', 'counting')),
	CONSTRAINT "policy_basis" CHECK ("policy"."basis" in ('assessed', 'practical', 'trained')),
	CONSTRAINT "policy_attendance" CHECK ("policy"."attendance_percent" between 0 and 100)
);
--> statement-breakpoint
ALTER TABLE "policy" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class_session" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"hours" numeric(6, 1) NOT NULL,
	"topic" text,
	"site_id" uuid,
	CONSTRAINT "class_session_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_session_times" CHECK ("class_session"."ends_at" > "class_session"."starts_at"),
	CONSTRAINT "class_session_hours" CHECK ("class_session"."hours" > 0)
);
--> statement-breakpoint
ALTER TABLE "class_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class_staff" (
	"academy_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "class_staff_academy_id_class_id_account_id_pk" PRIMARY KEY("academy_id","class_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "class_staff" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "enrolment" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"account_id" uuid,
	"seat" text NOT NULL,
	"name" text NOT NULL,
	"employer" text,
	"phone_sealed" "bytea",
	"phone_index" "bytea",
	"category" text,
	"declared_level" text,
	"hours_attended" numeric(6, 1),
	"practical_hours_attended" numeric(6, 1),
	"completed_on" date,
	"credited_on" date,
	"import_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "enrolment_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "enrolment_seat" CHECK ("enrolment"."seat" in ('requested', 'enrolled', 'waitlisted', 'offered', 'withdrawn', 'rejected')),
	CONSTRAINT "enrolment_category" CHECK ("enrolment"."category" in ('employed', 'flexible', 'new_form', 'laid_off', 'student', 'retired', 'other')),
	CONSTRAINT "enrolment_declared_level" CHECK ("enrolment"."declared_level" in ('none', 'apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician')),
	CONSTRAINT "enrolment_hours" CHECK ("enrolment"."hours_attended" >= 0),
	CONSTRAINT "enrolment_practical_hours" CHECK ("enrolment"."practical_hours_attended" between 0 and "enrolment"."hours_attended"),
	CONSTRAINT "enrolment_credit" CHECK ("enrolment"."credited_on" is null or "enrolment"."seat" = 'enrolled')
);
--> statement-breakpoint
ALTER TABLE "enrolment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"mode" text NOT NULL,
	"occupation_code" text,
	"occupation_edition" integer,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"planned_hours" numeric(6, 1) NOT NULL,
	"planned_practical_hours" numeric(6, 1),
	"origin" text NOT NULL,
	"status" text NOT NULL,
	"capacity" integer,
	"taken" integer DEFAULT 0 NOT NULL,
	"enrol_opens_at" timestamp with time zone,
	"enrol_closes_at" timestamp with time zone,
	"withdraw_until" timestamp with time zone,
	"site_id" uuid,
	"course_slug" text,
	"fee_fen" integer,
	"bring" text,
	"lunch" text,
	"documents_needed" text,
	"class_head" text,
	"class_head_phone" text,
	"certificates_expected_on" date,
	"import_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "class_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_mode" CHECK ("class"."mode" in ('online', 'classroom', 'practical', 'mixed')),
	CONSTRAINT "class_origin" CHECK ("class"."origin" in ('system', 'ledger')),
	CONSTRAINT "class_status" CHECK ("class"."status" in ('draft', 'published', 'cancelled', 'closed')),
	CONSTRAINT "class_occupation" CHECK (("class"."occupation_code" is null) = ("class"."occupation_edition" is null)),
	CONSTRAINT "class_dates" CHECK ("class"."ends_on" >= "class"."starts_on"),
	CONSTRAINT "class_hours" CHECK ("class"."planned_hours" > 0 and "class"."planned_hours" * 2 = trunc("class"."planned_hours" * 2)),
	CONSTRAINT "class_practical_hours" CHECK (("class"."mode" = 'mixed') = ("class"."planned_practical_hours" is not null) and "class"."planned_practical_hours" between 0.5 and "class"."planned_hours"),
	CONSTRAINT "class_seats" CHECK ("class"."taken" >= 0 and ("class"."capacity" is null or "class"."taken" <= "class"."capacity")),
	CONSTRAINT "class_enrolment_window" CHECK ("class"."enrol_closes_at" > "class"."enrol_opens_at")
);
--> statement-breakpoint
ALTER TABLE "class" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "academy" ADD CONSTRAINT "academy_city_code_city_code_fk" FOREIGN KEY ("city_code") REFERENCES "public"."city"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "academy" ADD CONSTRAINT "academy_sponsor_id_trade_union_id_fk" FOREIGN KEY ("sponsor_id") REFERENCES "public"."trade_union"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand" ADD CONSTRAINT "brand_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand_occupation" ADD CONSTRAINT "brand_occupation_academy_id_brand_id_brand_academy_id_id_fk" FOREIGN KEY ("academy_id","brand_id") REFERENCES "public"."brand"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand_occupation" ADD CONSTRAINT "brand_occupation_occupation_code_occupation_edition_occupation_code_edition_fk" FOREIGN KEY ("occupation_code","occupation_edition") REFERENCES "public"."occupation"("code","edition") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "designation" ADD CONSTRAINT "designation_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site" ADD CONSTRAINT "site_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trade_union" ADD CONSTRAINT "trade_union_city_code_city_code_fk" FOREIGN KEY ("city_code") REFERENCES "public"."city"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_union_id_trade_union_id_fk" FOREIGN KEY ("union_id") REFERENCES "public"."trade_union"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_academy_id_assessment_id_assessment_academy_id_id_fk" FOREIGN KEY ("academy_id","assessment_id") REFERENCES "public"."assessment"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_number" ADD CONSTRAINT "certificate_number_academy_id_certificate_id_certificate_academy_id_id_fk" FOREIGN KEY ("academy_id","certificate_id") REFERENCES "public"."certificate"("academy_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_course_slug_course_slug_fk" FOREIGN KEY ("course_slug") REFERENCES "public"."course"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_progress" ADD CONSTRAINT "lesson_progress_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_progress" ADD CONSTRAINT "lesson_progress_course_slug_lesson_slug_lesson_course_slug_slug_fk" FOREIGN KEY ("course_slug","lesson_slug") REFERENCES "public"."lesson"("course_slug","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD CONSTRAINT "lesson_version_course_slug_lesson_slug_lesson_course_slug_slug_fk" FOREIGN KEY ("course_slug","lesson_slug") REFERENCES "public"."lesson"("course_slug","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz" ADD CONSTRAINT "quiz_course_slug_lesson_slug_version_lesson_version_course_slug_lesson_slug_version_fk" FOREIGN KEY ("course_slug","lesson_slug","version") REFERENCES "public"."lesson_version"("course_slug","lesson_slug","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_attempt" ADD CONSTRAINT "quiz_attempt_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_attempt" ADD CONSTRAINT "quiz_attempt_course_slug_lesson_slug_version_quiz_course_slug_lesson_slug_version_fk" FOREIGN KEY ("course_slug","lesson_slug","version") REFERENCES "public"."quiz"("course_slug","lesson_slug","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_key" ADD CONSTRAINT "quiz_key_course_slug_lesson_slug_version_quiz_course_slug_lesson_slug_version_fk" FOREIGN KEY ("course_slug","lesson_slug","version") REFERENCES "public"."quiz"("course_slug","lesson_slug","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_import_academy" ADD CONSTRAINT "ledger_import_academy_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_import_academy" ADD CONSTRAINT "ledger_import_academy_import_id_ledger_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."ledger_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_academy_id_site_id_site_academy_id_id_fk" FOREIGN KEY ("academy_id","site_id") REFERENCES "public"."site"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_staff" ADD CONSTRAINT "class_staff_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_staff" ADD CONSTRAINT "class_staff_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_academy_id_site_id_site_academy_id_id_fk" FOREIGN KEY ("academy_id","site_id") REFERENCES "public"."site"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_occupation_code_occupation_edition_occupation_code_edition_fk" FOREIGN KEY ("occupation_code","occupation_edition") REFERENCES "public"."occupation"("code","edition") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "brand_name" ON "brand" USING btree ("academy_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "site_name" ON "site" USING btree ("academy_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "account_phone" ON "account" USING btree ("phone_index");--> statement-breakpoint
CREATE UNIQUE INDEX "account_confirmed_person" ON "account" USING btree ("person_id") WHERE "account"."person_confirmed_at" is not null;--> statement-breakpoint
CREATE INDEX "account_person" ON "account" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_account" ON "session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_expiry" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_event_academy_at" ON "audit_event" USING btree ("academy_id","at");--> statement-breakpoint
CREATE INDEX "revision_fact" ON "revision" USING btree ("academy_id","fact_id","at");--> statement-breakpoint
CREATE INDEX "revision_import" ON "revision" USING btree ("import_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assessment_once" ON "assessment" USING btree ("academy_id","enrolment_id","assessed_on");--> statement-breakpoint
CREATE INDEX "assessment_date" ON "assessment" USING btree ("academy_id","assessed_on");--> statement-breakpoint
CREATE INDEX "assessment_import" ON "assessment" USING btree ("import_id") WHERE "assessment"."import_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_once" ON "certificate" USING btree ("academy_id","assessment_id","type","work_item");--> statement-breakpoint
CREATE INDEX "certificate_import" ON "certificate" USING btree ("import_id") WHERE "certificate"."import_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_number_of" ON "certificate_number" USING btree ("academy_id","certificate_id");--> statement-breakpoint
CREATE INDEX "quiz_attempt_account" ON "quiz_attempt" USING btree ("account_id","course_slug","lesson_slug","submitted_at");--> statement-breakpoint
CREATE INDEX "ledger_import_at" ON "ledger_import" USING btree ("at");--> statement-breakpoint
CREATE INDEX "ledger_import_academy_import" ON "ledger_import_academy" USING btree ("import_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_document" ON "person" USING btree ("document_index");--> statement-breakpoint
CREATE INDEX "person_import" ON "person" USING btree ("import_id") WHERE "person"."import_id" is not null;--> statement-breakpoint
CREATE INDEX "policy_year" ON "policy" USING btree ("year","subject","set_at");--> statement-breakpoint
CREATE INDEX "class_session_class" ON "class_session" USING btree ("academy_id","class_id","starts_at");--> statement-breakpoint
CREATE INDEX "class_staff_account" ON "class_staff" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_once" ON "enrolment" USING btree ("academy_id","class_id","person_id");--> statement-breakpoint
CREATE INDEX "enrolment_person" ON "enrolment" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "enrolment_account" ON "enrolment" USING btree ("account_id") WHERE "enrolment"."account_id" is not null;--> statement-breakpoint
CREATE INDEX "enrolment_credited" ON "enrolment" USING btree ("academy_id","credited_on");--> statement-breakpoint
CREATE INDEX "enrolment_import" ON "enrolment" USING btree ("import_id") WHERE "enrolment"."import_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "class_code" ON "class" USING btree ("academy_id","code");--> statement-breakpoint
CREATE INDEX "class_import" ON "class" USING btree ("import_id") WHERE "class"."import_id" is not null;--> statement-breakpoint
CREATE INDEX "class_open" ON "class" USING btree ("starts_on") WHERE "class"."origin" = 'system';--> statement-breakpoint
CREATE POLICY "academy_read" ON "academy" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "academy_insert" ON "academy" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "academy_update" ON "academy" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "brand_read" ON "brand" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('setup', 'figures')) or "brand"."status" = 'approved' or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "brand"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "brand"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "brand_insert" ON "brand" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "brand_update" ON "brand" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "brand_occupation_read" ON "brand_occupation" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or exists (select 1 from brand b where b.academy_id = "brand_occupation"."academy_id" and b.id = "brand_occupation"."brand_id"));--> statement-breakpoint
CREATE POLICY "brand_occupation_insert" ON "brand_occupation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "brand_occupation_remove" ON "brand_occupation" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "city_read" ON "city" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "city_insert" ON "city" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "city_update" ON "city" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "designation_read" ON "designation" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "designation_insert" ON "designation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "designation_update" ON "designation" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "designation_remove" ON "designation" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "site_read" ON "site" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "site_insert" ON "site" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "site"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "site_update" ON "site" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "site"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "site"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "trade_union_read" ON "trade_union" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "trade_union_insert" ON "trade_union" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "trade_union_update" ON "trade_union" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "account_read" ON "account" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register', 'identity', 'setup', 'health')) or "account"."id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "account"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "account_insert" ON "account" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('register', 'setup')));--> statement-breakpoint
CREATE POLICY "account_update" ON "account" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'identity', 'setup'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'identity', 'setup')));--> statement-breakpoint
CREATE POLICY "failure_read" ON "failure" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register')));--> statement-breakpoint
CREATE POLICY "failure_insert" ON "failure" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register')));--> statement-breakpoint
CREATE POLICY "failure_update" ON "failure" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register')));--> statement-breakpoint
CREATE POLICY "failure_remove" ON "failure" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register')));--> statement-breakpoint
CREATE POLICY "session_read" ON "session" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in')));--> statement-breakpoint
CREATE POLICY "session_insert" ON "session" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('sign_in')));--> statement-breakpoint
CREATE POLICY "session_update" ON "session" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('sign_in')));--> statement-breakpoint
CREATE POLICY "session_remove" ON "session" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'setup')));--> statement-breakpoint
CREATE POLICY "audit_event_read" ON "audit_event" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('health')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "audit_event"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "audit_event"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "audit_event_insert" ON "audit_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK (("audit_event"."actor_account_id" is not distinct from (select nullif(current_setting('app.account', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "revision_read" ON "revision" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "revision"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "revision"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "revision_insert" ON "revision" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger', 'credit', 'seats')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "revision"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "assessment_read" ON "assessment" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger', 'figures')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "assessment"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or exists (select 1 from enrolment e where e.academy_id = "assessment"."academy_id" and e.id = "assessment"."enrolment_id"));--> statement-breakpoint
CREATE POLICY "assessment_insert" ON "assessment" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "assessment_update" ON "assessment" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "assessment_remove" ON "assessment" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));--> statement-breakpoint
CREATE POLICY "certificate_read" ON "certificate" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger', 'figures')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "certificate"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or exists (select 1 from assessment s where s.academy_id = "certificate"."academy_id" and s.id = "certificate"."assessment_id"));--> statement-breakpoint
CREATE POLICY "certificate_insert" ON "certificate" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "certificate_update" ON "certificate" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "certificate_remove" ON "certificate" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));--> statement-breakpoint
CREATE POLICY "certificate_number_read" ON "certificate_number" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate_number"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "certificate_number_insert" ON "certificate_number" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate_number"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "certificate_number_update" ON "certificate_number" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate_number"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate_number"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "certificate_number_remove" ON "certificate_number" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate_number"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "course_read" ON "course" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "course_insert" ON "course" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "course_update" ON "course" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('content'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "course_asset_read" ON "course_asset" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "course_asset_insert" ON "course_asset" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "lesson_read" ON "lesson" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "lesson_insert" ON "lesson" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "lesson_update" ON "lesson" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('content'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "lesson_progress_read" ON "lesson_progress" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit')) or "lesson_progress"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_progress_insert" ON "lesson_progress" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));--> statement-breakpoint
CREATE POLICY "lesson_progress_update" ON "lesson_progress" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));--> statement-breakpoint
CREATE POLICY "lesson_version_read" ON "lesson_version" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "lesson_version_insert" ON "lesson_version" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "quiz_read" ON "quiz" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "quiz_insert" ON "quiz" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "quiz_attempt_read" ON "quiz_attempt" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit')) or "quiz_attempt"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "quiz_attempt_insert" ON "quiz_attempt" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));--> statement-breakpoint
CREATE POLICY "quiz_key_read" ON "quiz_key" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit', 'content')));--> statement-breakpoint
CREATE POLICY "quiz_key_insert" ON "quiz_key" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "ledger_import_read" ON "ledger_import" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger')) or exists (select 1 from ledger_import_academy lia where lia.import_id = "ledger_import"."id"));--> statement-breakpoint
CREATE POLICY "ledger_import_insert" ON "ledger_import" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));--> statement-breakpoint
CREATE POLICY "ledger_import_update" ON "ledger_import" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));--> statement-breakpoint
CREATE POLICY "ledger_import_academy_read" ON "ledger_import_academy" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_import_academy"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "ledger_import_academy"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "ledger_import_academy_insert" ON "ledger_import_academy" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));--> statement-breakpoint
CREATE POLICY "occupation_read" ON "occupation" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "occupation_insert" ON "occupation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "occupation_update" ON "occupation" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "person_read" ON "person" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('register', 'identity', 'ledger', 'figures', 'seats')) or "person"."id" = (select nullif(current_setting('app.person', true), '')::uuid) or exists (select 1 from enrolment e where e.person_id = "person"."id"));--> statement-breakpoint
CREATE POLICY "person_insert" ON "person" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('register', 'ledger')));--> statement-breakpoint
CREATE POLICY "person_remove" ON "person" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));--> statement-breakpoint
CREATE POLICY "policy_read" ON "policy" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "policy_insert" ON "policy" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "class_session_read" ON "class_session" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or exists (select 1 from class c where c.academy_id = "class_session"."academy_id" and c.id = "class_session"."class_id"));--> statement-breakpoint
CREATE POLICY "class_session_insert" ON "class_session" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_session_update" ON "class_session" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_session_remove" ON "class_session" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_staff_read" ON "class_staff" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or "class_staff"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_staff"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "class_staff_insert" ON "class_staff" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_staff_remove" ON "class_staff" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "enrolment_read" ON "enrolment" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger', 'figures')) or "enrolment"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or "enrolment"."person_id" = (select nullif(current_setting('app.person', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "enrolment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "enrolment"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "enrolment"."class_id" in (select cs.class_id from class_staff cs where cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "enrolment_insert" ON "enrolment" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('seats', 'ledger')));--> statement-breakpoint
CREATE POLICY "enrolment_update" ON "enrolment" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "enrolment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "enrolment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "enrolment_remove" ON "enrolment" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));--> statement-breakpoint
CREATE POLICY "class_read" ON "class" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger', 'figures')) or ("class"."origin" = 'system' and "class"."status" <> 'draft') or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class"."id" in (select cs.class_id from class_staff cs where cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid))) or "class"."id" in (select e.class_id from enrolment e where e.account_id = (select nullif(current_setting('app.account', true), '')::uuid) or e.person_id = (select nullif(current_setting('app.person', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_insert" ON "class" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger', 'setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_update" ON "class" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('seats', 'ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('seats', 'ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_remove" ON "class" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')));