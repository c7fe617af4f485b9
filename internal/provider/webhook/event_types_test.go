package webhook_test

import (
	"testing"

	"github.com/herohealth/terraform-provider-hero/internal/acctest"
	"github.com/herohealth/terraform-provider-hero/internal/acctest/driver"
	"github.com/herohealth/terraform-provider-hero/internal/mockapi"
	"github.com/herohealth/terraform-provider-hero/internal/provider/webhook"
)

func TestEventType_thoseThatHeroDocumentsPassWithoutAWord(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	if len(webhook.EventTypes()) != 8 {
		t.Errorf("%d events", len(webhook.EventTypes()))
	}
	for _, event := range webhook.EventTypes() {
		hook.Plan(webhookConfig(map[string]any{"event_type": event})).Diags.RequireNone(t)
	}
}

func TestEventType_aSlipOfThePenIsAnErrorThatNamesWhatWasMeant(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for wrong, meant := range map[string]string{
		"Appointment.Confirmed": "appointment.confirmed", "appointment_confirmed": "appointment.confirmed", "appointment confirmed": "appointment.confirmed",
		"appointment-cancelled": "appointment.cancelled", "appointment:rescheduled": "appointment.rescheduled", "APPOINTMENT/RESCHEDULED": "appointment.rescheduled",
		"patient.medical_record_updated": "patient.medical-record-updated", "patient.medicalrecordupdated": "patient.medical-record-updated",
		"appointment.confirm": "appointment.confirmed", "appointment.confirme": "appointment.confirmed", "appointment.confir": "appointment.confirmed", "appointment_cancell": "appointment.cancelled",
		"prescription.issu": "prescription.issued", "write_to_record.fail": "write-to-record.failed",
	} {
		diags := hook.Plan(webhookConfig(map[string]any{"event_type": wrong})).Diags
		diags.RequireError(t, `You probably mean "`+meant+`"`)
		diags.RequireError(t, "event_type")
	}
}

func TestEventType_anyOtherUnknownOneIsAWarningSinceHeroCanAddEvents(t *testing.T) {
	t.Parallel()
	for event, nearest := range map[string]string{
		"appointment.created": "appointment.", "appointment.confi": "appointment.confirmed", "appointment.confirmedd": "appointment.confirmed", "form-submission.created": "",
		"prescription.cancelled": "prescription.issued", "v2.patient.added_to_list": "patient.added-to-sequence",
	} {
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			mock := acctest.NewMock(t, mockapi.Options{EventTypes: []string{event}})
			hook := mock.Driver(t, nil).Resource("hero_webhook")
			config := webhookConfig(map[string]any{"event_type": event})
			diags := hook.Apply(config)
			requireOnly(t, diags, "Did you mean \""+nearest)
			diags.RequireWarning(t, `"`+event+`" is not known to this version`)
			hook.Refresh().RequireNone(t)
			requirePlan(t, hook, config, driver.NoOp).Diags.RequireNone(t) // said once, for the new webhook
		})
	}
}

func TestEventType_whatCannotBeAnEventIsAnError(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	for _, event := range []string{"appointment", "appointment.", ".confirmed", "appointment..created", "Patient.Left", "patient left.now", "пациент.добавлен"} {
		hook.Plan(webhookConfig(map[string]any{"event_type": event})).Diags.RequireError(t, "not well-formed")
	}
}

func TestEventType_isJudgedForANewWebhookOnlyAndForAReplacement(t *testing.T) {
	t.Parallel()
	mock := acctest.NewMock(t, mockapi.Options{EventTypes: []string{"appointment.confirm"}})
	id := mock.AddWebhook(mockapi.Webhook{EventType: "appointment.confirm", URL: "https://hooks.example.com/hero"})
	hook := mock.Driver(t, nil).Resource("hero_webhook")
	hook.Import(id).RequireNone(t)
	hook.Plan(webhookConfig(map[string]any{"event_type": "appointment.confirm"})).Diags.RequireNone(t)
	hook.Plan(webhookConfig(map[string]any{"event_type": "appointment.cancell"})).Diags.RequireError(t, "appointment.cancelled")
}

func TestEventType_refusedByHeroIsAnErrorOnTheAttribute(t *testing.T) {
	t.Parallel()
	hook := acctest.NewMock(t, mockapi.Options{}).Driver(t, nil).Resource("hero_webhook")
	diags := hook.Apply(webhookConfig(map[string]any{"event_type": "appointment.created"}))
	diags.RequireError(t, "event_type")
	diags.RequireError(t, "Hero does not accept this value: event_type: invalid_enum_value, expected appointment.confirmed")
	if hook.State() != nil {
		t.Error("something is in state")
	}
}
